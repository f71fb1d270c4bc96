"""Who is behind the site and on what terms its data may be used, as the settings say."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class SiteIdentity:
    """What is empty was not set."""

    name: str
    owner: str
    contact: str  # an e-mail address, or an https address
    licence: str
    licence_url: str

    @property
    def contact_url(self) -> str:
        """Return the contact as an address that can be followed; empty without one."""
        return f"mailto:{self.contact}" if "@" in self.contact and "://" not in self.contact else self.contact

    @property
    def missing(self) -> list[str]:
        """Return the settings that readers miss, without the name, which always has a value."""
        values = {"SITE_OWNER": self.owner, "SITE_CONTACT": self.contact, "DATA_LICENCE": self.licence}
        return [name for name, words in values.items() if not words]


def site_identity() -> SiteIdentity:
    return SiteIdentity(
        settings.SITE_NAME,
        settings.SITE_OWNER,
        settings.SITE_CONTACT,
        settings.DATA_LICENCE,
        settings.DATA_LICENCE_URL,
    )


NO_LICENCE = "No licence has been chosen for this data. Ask its publisher before you reuse it."


def licence_words() -> str:
    """Return "CC BY 4.0 https://…", or that no licence was chosen."""
    return " ".join(filter(None, [settings.DATA_LICENCE, settings.DATA_LICENCE_URL])) or NO_LICENCE
