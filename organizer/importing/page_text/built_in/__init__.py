"""Recognition that comes with the program: models that find lines of text on a picture and read their letters.

The models are PP-OCRv6 small (PaddleOCR, Apache-2.0), run by onnxruntime. No file is written, nothing is asked of a
network, and no other program is started. `pictures` gives a page as an array, `line_finder` finds its lines, `letters`
reads them, `reader` does all of it for a page that lies in any direction.
"""
