"""Forms, fields and widgets that the tables share."""
