"""The console's API: every module's `console` router behind one sign-in."""

from __future__ import annotations

from ninja import NinjaAPI

from cove import __version__
from cove.business.live_codes.api.codes import console as live_codes
from cove.cockpit.insight.api import console as insight
from cove.cockpit.installation.api import console as installation
from cove.cockpit.workbench.api import console as workbench
from cove.directory.org.api.account import console as account
from cove.directory.org.api.company import console as company
from cove.directory.org.api.departments import console as departments
from cove.directory.org.api.handovers import console as handovers
from cove.directory.org.api.imports import console as member_imports
from cove.directory.org.api.invitations import console as invitations
from cove.directory.org.api.keys import console as keys
from cove.directory.org.api.members import console as members
from cove.directory.org.api.notices import console as notices
from cove.directory.org.api.rights import console as rights
from cove.directory.org.api.roles import console as roles
from cove.directory.org.api.session import console as session
from cove.directory.org.api.sign_in import console as sign_in
from cove.directory.people.api.contacts import console as contacts
from cove.directory.people.api.many import console as many
from cove.directory.people.api.merging import console as merging
from cove.directory.people.api.tags import console as tags
from cove.directory.privacy.api.contacts import console as contact_privacy
from cove.directory.privacy.api.settings import console as privacy
from cove.edge.console.auth import KeyAuth, SessionAuth
from cove.engine.audiences.api import console as audiences
from cove.engine.automation.api import console as automation
from cove.engine.channels.ads.api import console as ads
from cove.engine.channels.credits.api import console as credits_of_company
from cove.engine.channels.delivery.api.deliveries import console as deliveries
from cove.engine.channels.delivery.api.rules import console as reach_rules
from cove.engine.channels.doctor.api import console as doctor
from cove.engine.channels.email.api import console as email
from cove.engine.channels.sms.api import console as sms
from cove.engine.channels.webhooks.api import console as webhooks
from cove.engine.channels.wechat.api import console as wechat
from cove.engine.channels.wecom.api.behaviour import console as wecom_behaviour
from cove.engine.channels.wecom.api.channels import console as wecom
from cove.engine.channels.wecom.api.groups import console as wecom_groups
from cove.engine.channels.wecom.api.mass import console as wecom_mass
from cove.engine.channels.wecom.api.materials import console as wecom_materials
from cove.engine.channels.wecom.api.moments import console as wecom_moments
from cove.engine.channels.wecom.api.reach import console as wecom_reach
from cove.engine.channels.wecom.api.sidebar import console as wecom_sidebar
from cove.engine.channels.wecom.api.support import console as wecom_support
from cove.engine.channels.wecom.api.tools import console as wecom_tools
from cove.engine.content.links.api import console as links
from cove.engine.timeline.api import console as timeline
from cove.engine.tracking.api.plan import console as tracking_plan
from cove.engine.tracking.api.plan_counts import console as tracking_plan_counts
from cove.engine.tracking.api.plan_table import console as tracking_plan_table
from cove.engine.tracking.api.sources import console as tracking_sources
from cove.engine.tracking.api.traffic import console as tracking_traffic
from cove.engine.tracking.api.usage import console as tracking_usage
from cove.engine.tracking.api.watching import console as tracking_watching
from cove.kernel.audit.api import console as audit
from cove.kernel.changesets.api import console as changes
from cove.kernel.files.api import console as files
from cove.kernel.http.answers import install
from cove.kernel.http.reading import CleanParser
from cove.kernel.jobs.api import console as jobs
from cove.kernel.log.api import console as log
from cove.kernel.mail.api import console as mail

api = NinjaAPI(
    title="Cove",
    version=__version__,
    auth=[KeyAuth(), SessionAuth()],
    docs_url=None,
    urls_namespace="console",
    parser=CleanParser(),
)
install(api)
for router in (
    session,
    departments,
    member_imports,
    sign_in,
    account,
    invitations,
    members,
    rights,
    roles,
    company,
    keys,
    notices,
    contacts,
    many,
    merging,
    tags,
    privacy,
    contact_privacy,
    timeline,
    audiences,
    automation,
    tracking_sources,
    tracking_traffic,
    tracking_usage,
    tracking_plan,
    tracking_plan_counts,
    tracking_plan_table,
    tracking_watching,
    deliveries,
    reach_rules,
    doctor,
    credits_of_company,
    wechat,
    wecom,
    wecom_behaviour,
    wecom_groups,
    wecom_mass,
    wecom_materials,
    wecom_moments,
    wecom_reach,
    wecom_support,
    wecom_tools,
    wecom_sidebar,
    email,
    webhooks,
    sms,
    ads,
    links,
    live_codes,
    insight,
    workbench,
    installation,
    log,
    jobs,
    audit,
    files,
    changes,
    handovers,
    mail,
):
    api.add_router("", router)
