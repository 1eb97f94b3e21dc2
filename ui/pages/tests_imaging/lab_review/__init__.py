"""Results of a laboratory report beside its page: each is confirmed, corrected or dropped before anything is entered.

`review.start` reads a kept document as a job and opens the review; `model.ResultsModel` holds what is ticked and
corrected; `page_picture.PagePicture` shows a page with a row's place on it.
"""
