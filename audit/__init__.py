"""What follows from the tables: findings with their proof, comparison across offices and years, report, workbook, review."""
