"""The window. No SQL, no PDF and no arithmetic on health data: what a person can do is asked of organizer.services.

Beyond services it names only organizer.records and organizer.base. A new page is one file in pages/ and one line in
its PAGES; a new part that two pages need goes into widgets/.
"""
