"""Sources and formats: where documents come from, and how their bytes become pages."""
