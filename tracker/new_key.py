"""Print a new secret key: python -m tracker.new_key. Letters and digits only, so that no shell or .env file bends it."""

import secrets

if __name__ == "__main__":
    print(secrets.token_hex(32))
