"""The workbook `audit.xlsx`: the audit in sheets, and the sheets in which a person decides."""
