"""Pages of the web, fetched and packed as they came. Nothing else of the software calls out, and this only at a command."""
