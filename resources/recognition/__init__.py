"""The models that read text on pictures: PP-OCRv6 small by PaddleOCR, Apache-2.0, laid here by the set-up."""
