"""The sample record: one made-up person as her hospitals, her diary app and she herself would hand it over.

`sample.json` names the person, the day the record is looked at, the (public) passphrase and the files in the
order of their import. Nothing here is about anybody. The PDFs, the insurance card and the attachments of the
FHIR bundle are drawn by `packaging/make_sample_documents.py`.
"""
