"""Looking at radiology images: never for diagnosis, always from the record's own encrypted files.

`viewer.start` opens the images of a study; `pane.Pane` is one series with its place in it; `picture.Picture` draws one
image, its window, zoom and lengths; `loading.Loading` decodes in the background and keeps what was decoded, in bytes.
"""
