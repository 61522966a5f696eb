"""Of what people can be told, by which way, and in which words: data, filled in where it is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices

TOKEN_DECIMALS = 18


class Kind(TextChoices):
    SUBMISSION_ACCEPTED = "submission_accepted", "Accepted"
    CHANGES_REQUESTED = "changes_requested", "Changes requested"
    SUBMISSION_REJECTED = "submission_rejected", "Rejected"
    PRECHECK_FINISHED = "precheck_finished", "Pre-check finished"
    DRAFT_EXPIRING = "draft_expiring", "Draft expiring"
    DISPUTE_ANSWERED = "dispute_answered", "Dispute answered"
    CREDIT_POSTED = "credit_posted", "Credit posted"
    PAYOUT_FINAL = "payout_final", "Payout final"
    CAMPAIGN_PAUSED = "campaign_paused", "Campaign paused"
    REPORT_ANSWERED = "report_answered", "Report answered"


class Channel(TextChoices):
    OFF = "off", "Not at all"
    IN_APP = "in_app", "In the app"
    EMAIL = "email", "In the app and by e-mail"


class MailStatus(TextChoices):
    NONE = "none", "Not asked for"
    WAITING = "waiting", "Waiting"
    SENT = "sent", "Sent"
    FAILED = "failed", "Given up"


DEFAULT_CHANNELS: dict[str, Channel] = {
    Kind.SUBMISSION_ACCEPTED: Channel.EMAIL,
    Kind.CHANGES_REQUESTED: Channel.EMAIL,
    Kind.SUBMISSION_REJECTED: Channel.EMAIL,
    Kind.PRECHECK_FINISHED: Channel.IN_APP,
    Kind.DRAFT_EXPIRING: Channel.EMAIL,
    Kind.DISPUTE_ANSWERED: Channel.EMAIL,
    Kind.CREDIT_POSTED: Channel.IN_APP,
    Kind.PAYOUT_FINAL: Channel.EMAIL,
    Kind.CAMPAIGN_PAUSED: Channel.IN_APP,
    Kind.REPORT_ANSWERED: Channel.EMAIL,
}


@dataclass(frozen=True)
class Words:
    """A title and a sentence or two."""

    title: str
    text: str


# Braces are filled by parameters of the notification; `amount` by its `amount_wei`.
WORDS: dict[str, dict[str, Words]] = {
    "en": {
        Kind.SUBMISSION_ACCEPTED: Words("Accepted", "Your contribution to “{campaign}” was accepted."),
        Kind.CHANGES_REQUESTED: Words(
            "Changes requested",
            "Your contribution to “{campaign}” needs changes: {reasons} Fix it and resubmit it.",
        ),
        Kind.SUBMISSION_REJECTED: Words(
            "Rejected", "Your contribution to “{campaign}” was rejected: {reasons} You can change it or dispute this."
        ),
        Kind.PRECHECK_FINISHED: Words("Pre-check finished", "Your draft for “{campaign}” has been looked at."),
        Kind.DRAFT_EXPIRING: Words(
            "Draft expiring", "Your draft for “{campaign}” is removed on {expires_on} unless you change or submit it."
        ),
        Kind.DISPUTE_ANSWERED: Words("Dispute answered", "Your dispute about “{campaign}”: {answer} {explanation}"),
        Kind.CREDIT_POSTED: Words("Credited", "{amount} SLATE were credited to you for “{campaign}”."),
        Kind.PAYOUT_FINAL: Words("Paid", "{amount} SLATE were paid to {address}; the payment is final."),
        Kind.CAMPAIGN_PAUSED: Words("Campaign paused", "“{campaign}” takes nothing for now: {reason}"),
        Kind.REPORT_ANSWERED: Words("Report answered", "Your report was looked at: {answer} {explanation}"),
    },
    "ar": {
        Kind.SUBMISSION_ACCEPTED: Words("قُبلت", "قُبلت مساهمتك في «{campaign}»."),
        Kind.CHANGES_REQUESTED: Words(
            "مطلوب تعديلات", "تحتاج مساهمتك في «{campaign}» إلى تعديلات: {reasons} عدّلها وأرسلها من جديد."
        ),
        Kind.SUBMISSION_REJECTED: Words(
            "رُفضت", "رُفضت مساهمتك في «{campaign}»: {reasons} يمكنك تعديلها أو الاعتراض على القرار."
        ),
        Kind.PRECHECK_FINISHED: Words("انتهى الفحص المسبق", "فُحصت مسودتك في «{campaign}»."),
        Kind.DRAFT_EXPIRING: Words(
            "مسودة توشك على الانتهاء", "ستُحذف مسودتك في «{campaign}» يوم {expires_on} ما لم تعدّلها أو ترسلها."
        ),
        Kind.DISPUTE_ANSWERED: Words("رد على الاعتراض", "اعتراضك بشأن «{campaign}»: {answer} {explanation}"),
        Kind.CREDIT_POSTED: Words("أُضيف رصيد", "أُضيف إلى رصيدك {amount} SLATE عن «{campaign}»."),
        Kind.PAYOUT_FINAL: Words("تم الدفع", "دُفع {amount} SLATE إلى {address}، والدفعة نهائية."),
        Kind.CAMPAIGN_PAUSED: Words("حملة متوقفة", "لا تستقبل «{campaign}» شيئًا الآن: {reason}"),
        Kind.REPORT_ANSWERED: Words("رد على البلاغ", "نُظر في بلاغك: {answer} {explanation}"),
    },
}
LANGUAGES = tuple(WORDS)


def words_for(kind: str, parameters: Mapping[str, Any], language: str) -> Words:
    """The notification in this language, English where it is unknown."""
    language = language if language in WORDS else "en"
    template = WORDS[language][kind]
    values = {name: _said(value, language) for name, value in parameters.items()}
    if "amount_wei" in parameters:
        values["amount"] = tokens(int(parameters["amount_wei"]))
    return Words(template.title.format(**values), template.text.format(**values).strip())


def tokens(amount_wei: int) -> str:
    """The amount in whole tokens, exactly: 1500000000000000000 is `1.5`."""
    whole, rest = divmod(amount_wei, 10**TOKEN_DECIMALS)
    fraction = f"{rest:0{TOKEN_DECIMALS}d}".rstrip("0")
    return f"{whole}.{fraction}" if fraction else str(whole)


def _said(value: Any, language: str) -> str:
    """A parameter that differs by language is a mapping from language to text."""
    if isinstance(value, Mapping):
        return str(value.get(language) or value.get("en", ""))
    return str(value)
