"""What an edition certifies, the certificates it issued, and the keys that sign them."""

from madang.certificates.models.certificate import (
    Certificate,
    CertificateBatch,
    Exemption,
    Spelling,
)
from madang.certificates.models.key import SigningKey
from madang.certificates.models.scheme import CertificateRule, Kind, Scheme

__all__ = [
    "Certificate",
    "CertificateBatch",
    "CertificateRule",
    "Exemption",
    "Kind",
    "Scheme",
    "SigningKey",
    "Spelling",
]
