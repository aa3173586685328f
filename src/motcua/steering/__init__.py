"""How leaders drive the reform: the programme, its numbers and its reports."""
