"""What the entries mean: pure functions below store, packet, services and the window.

No store, no clock, no Qt, no paper. What is asked of it twice has one answer: what a measure over time is lives in
`series`, what a picture of it shows in `chart`, how something is written for people in `printed`.
How a medicine, a diagnosis, an allergy stands lives in `medicines`, `problems`, `allergies`; what means the same in
`grouping`; what states that there is none in `absence`; what a filter by date never leaves out in `standing`.
Which illness, medicine or test an entry or a text speaks of, in four languages, is told by `vocabulary`.
"""
