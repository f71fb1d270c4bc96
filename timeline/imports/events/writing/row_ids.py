"""Public ids by the thousand: as random as `new_public_id` draws them, in one call."""

import secrets

from timeline.models.validators import ID_ALPHABET, ID_LENGTH

_TABLE = bytes(ord(ID_ALPHABET[byte % len(ID_ALPHABET)]) for byte in range(256))  # 256 is a multiple of 32


def public_ids(count: int) -> list[str]:
    text = secrets.token_bytes(count * ID_LENGTH).translate(_TABLE).decode()
    return [text[start : start + ID_LENGTH] for start in range(0, len(text), ID_LENGTH)]
