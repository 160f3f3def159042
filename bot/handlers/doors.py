"""Every feature, each with its words, buttons and forms, behind the one table."""

from bot.handlers.agendas import AgendaHandlers
from bot.handlers.announcements import AnnouncementHandlers
from bot.handlers.atlas import Atlas
from bot.handlers.calendars import CalendarHandlers
from bot.handlers.captures import Captures
from bot.handlers.checklists import ChecklistHandlers
from bot.handlers.deadline_menu import DeadlineMenu
from bot.handlers.deadlines import DeadlineHandlers, DeadlineTaker
from bot.handlers.decisions import DecisionHandlers
from bot.handlers.digests import DigestHandlers
from bot.handlers.explanations import ExplanationHandlers
from bot.handlers.greetings import greetings
from bot.handlers.group_events import GroupEvents, ReadProfile
from bot.handlers.group_settings import GroupSettingHandlers
from bot.handlers.groups import CountryOf, GroupHandlers
from bot.handlers.handovers import HandoverHandlers
from bot.handlers.homes import Homes
from bot.handlers.interests import InterestHandlers
from bot.handlers.items import ItemHandlers, ItemTaker
from bot.handlers.meeting_edits import MeetingEditHandlers
from bot.handlers.meeting_forms import MeetingForms
from bot.handlers.meetings import MeetingHandlers
from bot.handlers.members import MemberHandlers
from bot.handlers.minutes import MinutesHandlers
from bot.handlers.preparation import PreparationHandlers
from bot.handlers.privacy import PrivacyHandlers
from bot.handlers.proceedings import ProceedingsHandlers
from bot.handlers.quorum_checks import QuorumHandlers
from bot.handlers.reading import FindZone
from bot.handlers.registry import Registry
from bot.handlers.reports import ReportHandlers
from bot.handlers.reviews import ReviewHandlers
from bot.handlers.rsvps import RsvpHandlers
from bot.handlers.settings import SettingHandlers
from bot.handlers.status import StatusHandlers
from bot.handlers.surfaces import Surfaces
from bot.handlers.taking_part import TakingPartHandlers
from bot.handlers.thread_lines import ThreadLines
from bot.handlers.welcomes import WelcomeHandlers
from bot.services.inbox import Inbox
from bot.services.people import People


def open_doors(
    inbox: Inbox,
    people: People,
    find_zone: FindZone,
    country_of: CountryOf,
    read_profile: ReadProfile,
    atlas: Atlas,
    public_url: str | None = None,
) -> Surfaces:
    """`read_profile` reads Slack's `user` object."""
    items, decisions = ItemHandlers(find_zone), DecisionHandlers(atlas.holiday)
    preparations = PreparationHandlers(atlas.holiday, atlas.country_name)
    thread_lines = ThreadLines(atlas.holiday)
    features = (
        items,
        DeadlineHandlers(find_zone),
        DeadlineMenu(),
        decisions,
        ReviewHandlers(),
        MeetingHandlers(atlas.holiday, atlas.country_name),
        AgendaHandlers(),
        preparations,
        InterestHandlers(),
        TakingPartHandlers(),
        AnnouncementHandlers(preparations.announce),
        ChecklistHandlers(),
        RsvpHandlers(),
        QuorumHandlers(),
        MinutesHandlers(atlas.holiday),
        MeetingForms(atlas),
        MeetingEditHandlers(atlas),
        CalendarHandlers(public_url),
        StatusHandlers(atlas.holiday),
        DigestHandlers(atlas.holiday),
        SettingHandlers(atlas),
        GroupSettingHandlers(atlas),
        WelcomeHandlers(),
        PrivacyHandlers(atlas.holiday),
        HandoverHandlers(),
        ExplanationHandlers(atlas.holiday, atlas.country_name),
        ProceedingsHandlers(thread_lines, find_zone),
        MemberHandlers(),
        GroupHandlers(find_zone, country_of),
    )
    all_features = (*features, ReportHandlers(features))
    commands = (command for feature in all_features for command in feature.commands())
    registry = Registry(commands, unlisted=greetings())
    return Surfaces(
        registry,
        inbox,
        people.meet,
        all_features,
        find_zone,
        capture=Captures(
            {"action": ItemTaker(), "deadline": DeadlineTaker(), "decision": decisions}
        ),
        threads=thread_lines,
        homes=Homes(inbox, atlas.holiday),
        happened=GroupEvents(inbox, people, read_profile, atlas.holiday).events(),
    )
