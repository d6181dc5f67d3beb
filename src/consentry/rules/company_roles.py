"""What the people of a company may do for it, by their role there."""

from enum import StrEnum


class CompanyRole(StrEnum):
    """One role for each member."""

    ADMINISTRATOR = "administrator"
    DEVELOPER = "developer"
    SUPPORT = "support"
    READER = "reader"

    @property
    def label(self) -> str:
        """As pages say it."""
        return self.value.capitalize()


class CompanyAct(StrEnum):
    """What can be done for a company; the value says it in the sentence "for this you need to be …"."""

    LOOK = "look at the company"
    BUILD = "change apps, drafts and secrets of the sandbox"
    PUBLISH = "publish a version, issue and revoke secrets"
    ANSWER = "answer schools that report a problem"
    ADMINISTER = "change the company and its members"


_MAY = {
    CompanyRole.ADMINISTRATOR: frozenset(CompanyAct),
    CompanyRole.DEVELOPER: frozenset({CompanyAct.LOOK, CompanyAct.BUILD, CompanyAct.PUBLISH, CompanyAct.ANSWER}),
    CompanyRole.SUPPORT: frozenset({CompanyAct.LOOK, CompanyAct.ANSWER}),
    CompanyRole.READER: frozenset({CompanyAct.LOOK}),
}


class NotForThisMemberError(Exception):
    """A member's role does not cover what they are to do; `needed` names the roles that do."""

    def __init__(self, act: CompanyAct) -> None:
        super().__init__(act.value)
        self.act = act
        self.needed = who_may(act)


def may(role: CompanyRole, act: CompanyAct) -> bool:
    """Whether a member with this role may do it."""
    return act in _MAY[role]


def who_may(act: CompanyAct) -> tuple[CompanyRole, ...]:
    """The roles that cover it."""
    return tuple(role for role in CompanyRole if act in _MAY[role])
