"""Following a treatment: measures, goals, plans, questionnaires, reminders."""
