"""What an import would bring, looked at before anything is written.

`run.start` reads the files as a job and opens `run.Review`: the files (`files_model`), what each brings (`file_view`,
`items_model`), who the people in them are (`people_card`), what the columns of a table hold (`columns_dialog`); then it
writes what the person agreed to. Reached by `context.ask_import`.
"""
