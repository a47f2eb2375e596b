"""The report: released claims become sentences, figures, tables and sections. Nothing here computes a statistic."""
