"""What the site says of its own work: lines on standard error, and reports of faults to whom SENTRY_DSN names."""
