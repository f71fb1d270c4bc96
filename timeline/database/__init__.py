"""What queries need and no table names: the write lock, shards of keys, pages by key."""
