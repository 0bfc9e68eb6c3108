"""Who finds what: every address of Madang, and for whom it is there.

"here" is the published edition, "elsewhere" a draft: what a row says of the roles here holds for
those elsewhere on the draft's pages, unless `draft` says otherwise.
"""

from dataclasses import dataclass

KINDS = ("participant", "resource person", "host", "director", "secretariat")
ROLES = (
    "visitor", "stranger", "focal point", "coordinator", "director", "secretariat",
    *(f"{kind} here" for kind in KINDS), *(f"{kind} elsewhere" for kind in KINDS),
)  # fmt: skip

Names = frozenset[str]
EVERYONE = frozenset(ROLES)
SIGNED_IN = EVERYONE - {"visitor"}
NOBODY: Names = frozenset()
PLAN = frozenset({"secretariat", "secretariat here"})
OVERSEE = PLAN | {"director", "director here"}
PLAN_ANY = PLAN | {"secretariat elsewhere"}
OVERSEE_ANY = OVERSEE | {"secretariat elsewhere", "director elsewhere"}
EVERYWHERE = frozenset({"secretariat"})
BELONG = OVERSEE | {"participant here", "resource person here"}


@dataclass(frozen=True)
class Row:
    """Who gets an address, of the published edition and of the draft.

    `sign_in`: a visitor is led to the sign-in page. `post`: it only takes what is sent to it.
    `code`: whoever has its secret address is led to the page that mails them a code.
    """

    who: Names
    draft: Names
    sign_in: bool = False
    post: bool = False
    code: bool = False


def rows(who: Names, names: str, *, draft: Names | None = None, **how: bool) -> dict[str, Row]:
    return {name: Row(who, who if draft is None else draft, **how) for name in names.split()}


TABLE: dict[str, Row] = {
    # Public, and the same for everybody.
    **rows(EVERYONE, "home language style worker offline manifest"),
    **rows(EVERYONE, "api api:api-root api:openapi-json api:editions"),
    **rows(EVERYONE, "newsroom:index newsroom:feed newsroom:release"),
    # Signing in: pages that lead elsewhere whoever has no use for them.
    **rows(
        EVERYONE,
        """account_login account_logout account_inactive account_signup account_reset_password
        account_email_verification_sent account_confirm_login_code account_confirm_email
        account_reset_password_from_key account_reset_password_from_key_done
        account_reset_password_done account_request_login_code mfa_authenticate
        mfa_login_webauthn""",
    ),
    # One's own account.
    **rows(
        SIGNED_IN,
        """people:account people:profile people:roles people:privacy people:erase
        account_reauthenticate account_email account_change_password account_set_password
        mfa_index mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp
        mfa_generate_recovery_codes mfa_list_webauthn mfa_add_webauthn
        mfa_reauthenticate_webauthn mfa_remove_webauthn mfa_edit_webauthn""",
        sign_in=True,
    ),
    **rows(
        SIGNED_IN, "people:sign_out_everywhere people:consents people:copy", sign_in=True, post=True
    ),
    **rows(frozenset({"focal point"}), "people:delegate people:withdraw", sign_in=True),
    # Nobody in this world has recovery codes.
    **rows(NOBODY, "mfa_view_recovery_codes mfa_download_recovery_codes", sign_in=True),
    # A workshop: a draft's pages are there for those who oversee it, a programme once published.
    **rows(
        EVERYONE,
        """workshops:edition workshops:materials workshops:recommendations workshops:programme
        workshops:versions workshops:person workshops:week workshops:calendar""",
        draft=OVERSEE,
    ),
    **rows(
        EVERYONE,
        """workshops:day workshops:version workshops:difference workshops:session
        workshops:calendar_feed workshops:session_calendar workshops:my_calendar
        workshops:changes workshops:programme_data workshops:programme_export
        workshops:booklet workshops:booklet_making workshops:booklet_file
        api:edition api:programme api:sessions""",
        draft=NOBODY,
    ),
    **rows(BELONG, "workshops:people", draft=OVERSEE),
    **rows(OVERSEE | {"host here"}, "workshops:numbers", draft=OVERSEE),
    **rows(OVERSEE, "workshops:draft"),
    **rows(frozenset({"participant here"}), "workshops:calendar_stop", draft=NOBODY),
    **rows(frozenset({"participant here"}), "workshops:withdraw", draft=NOBODY),
    **rows(
        frozenset({"participant here"}),
        "workshops:sign_up workshops:calendar_link",
        draft=NOBODY,
        post=True,
    ),
    # The secretariat's pages: a director reads them.
    **rows(OVERSEE_ANY, "manage:desk manage:series_list newsroom_manage:index core:history"),
    **rows(
        OVERSEE,
        """manage:edition manage:sessions manage:session manage:sign_ups manage:timetable
        manage:suggestion manage:publish manage:people manage:person manage:materials
        manage:material manage:places manage:recommendations manage:settings manage:history
        newsroom_manage:release core:approval core:file""",
    ),
    **rows(OVERSEE, "manage:told", draft=NOBODY),
    **rows(PLAN_ANY, "newsroom_manage:add"),
    # A series belongs to all its editions: it is for those who plan every one of them.
    **rows(
        EVERYWHERE,
        "manage:series_add manage:series_edit manage:series_translation manage:edition_add",
    ),
    **rows(
        PLAN,
        """manage:session_add manage:session_edit manage:session_remove manage:suggest
        manage:place manage:person_find manage:person_add manage:person_edit manage:person_cancel
        manage:material_add manage:material_edit manage:material_version manage:material_withdraw
        manage:site_add manage:travel manage:site_edit manage:site_remove manage:room_add
        manage:room_edit manage:room_remove manage:recommendation_add manage:recommendation_edit
        manage:recommendation_remove manage:answer_edit manage:edition_edit manage:edition_repeat
        manage:module_add manage:module_edit manage:module_remove manage:partner_add
        manage:partner_edit manage:partner_remove manage:translation manage:sign_up_withdraw
        newsroom_manage:edit
        newsroom_manage:translate newsroom_manage:detach newsroom_manage:withdraw""",
    ),
    **rows(PLAN, "manage:reset_draft", draft=NOBODY),
    **rows(
        PLAN,
        """manage:edition_state manage:session_state manage:sign_up_give manage:use_suggestion
        manage:undo_suggestion manage:person_restore manage:carry_over newsroom_manage:attach
        newsroom_manage:put_up newsroom_manage:publish core:approval-clear
        core:approval-withdraw""",
        post=True,
    ),
    # What waits for a director is decided by the one who was named.
    **rows(SIGNED_IN, "core:approvals core:jobs"),
    **rows(
        frozenset({"director here"}),
        "core:approval-approve core:approval-send-back core:approval-delegate",
        post=True,
    ),
    **rows(frozenset({"secretariat here"}), "core:job"),
    # Accounts, countries and organisations belong to the whole installation.
    **rows(
        EVERYWHERE,
        """people_manage:accounts people_manage:account_add people_manage:account
        people_manage:account_address people_manage:account_close people_manage:role_grant
        people_manage:role_end people_manage:countries people_manage:country
        people_manage:organisations people_manage:organisation_add people_manage:organisation
        people_manage:organisation_merge people_manage:organisation_merge_confirm""",
    ),
    **rows(
        EVERYWHERE,
        """people_manage:account_reopen people_manage:account_sign_out
        people_manage:spelling_add people_manage:spelling_strike""",
        post=True,
    ),
    # Outside the demo, the demo's pages are not there.
    **rows(NOBODY, "demo:about core:outbox core:message core:message-html"),
    **rows(NOBODY, "demo:clock demo:sign_in", post=True),
    # The call, nominations and their screening. A director reads, the secretariat decides.
    **rows(EVERYONE, "nominating:call", draft=NOBODY),
    **rows(
        OVERSEE,
        """nominations:call nominations:call_preview nominations:countries nominations:country
        nominations:register nominations:entry nominations:nominations nominations:nomination
        nominations:screening nominations:scores nominations:agreement""",
    ),
    **rows(
        PLAN,
        """nominations:call_edit nominations:call_take_over nominations:quotas
        nominations:question_add nominations:question_edit nominations:question_remove
        nominations:call_translation nominations:countries_add nominations:country_edit
        nominations:country_remove nominations:country_link_revoke nominations:entry_add
        nominations:entry_edit nominations:entry_remove nominations:scan_remove nominations:key_in
        nominations:nomination_add nominations:nomination_edit nominations:nomination_refuse
        nominations:nomination_withdraw nominations:nomination_remove nominations:endorsement_ask
        nominations:endorsement_record nominations:criterion_add nominations:criterion_edit
        nominations:criterion_remove nominations:screening_ask nominations:third_opinion
        nominations:my_screening nominations:imports nominations:import nominations:import_reading
        nominations:import_write nominations:import_discard nominations:import_rejected
        nominations:import_row""",
    ),
    **rows(
        PLAN,
        """nominations:call_begin nominations:call_state nominations:question_up
        nominations:question_down nominations:countries_send nominations:countries_remind
        nominations:country_send nominations:country_remind nominations:country_link
        nominations:nominations_judge nominations:nomination_submit nominations:nomination_reopen
        nominations:nomination_accept nominations:compute_merit nominations:import_settle""",
        post=True,
    ),
    # Blind: the officer who was asked, and nobody else.
    **rows(frozenset({"secretariat here"}), "nominations:score nominations:recuse"),
    # Nominating by a link: numbers and states at once, names after a code. A call that is being
    # prepared has no links that open anything.
    **rows(EVERYONE, "nominating:desk nominating:form_add nominating:code", draft=NOBODY),
    **rows(
        EVERYONE,
        """nominating:nomination nominating:form nominating:withdraw nominating:remove
        nominating:ask""",
        draft=NOBODY,
        code=True,
    ),
    **rows(
        EVERYONE,
        "nominating:order nominating:submit nominating:reopen",
        draft=NOBODY,
        post=True,
        code=True,
    ),
    # Nominating with an account, and where one is nominated oneself.
    **rows(
        frozenset({"focal point", "participant here", "participant elsewhere"}), "nominating:own"
    ),
    **rows(
        frozenset({"focal point"}),
        """nominating:own_desk nominating:own_form_add nominating:own_nomination
        nominating:own_form nominating:own_withdraw nominating:own_remove nominating:own_ask""",
        draft=NOBODY,
    ),
    **rows(
        frozenset({"focal point"}),
        "nominating:own_order nominating:own_submit nominating:own_reopen",
        draft=NOBODY,
        post=True,
    ),
    **rows(EVERYONE, "nominating:endorse", code=True),
    **rows(EVERYONE, "nominating:endorse_code"),
    # The selection, decisions and offers.
    **rows(
        OVERSEE,
        """cohorts:selection cohorts:compare cohorts:scenario cohorts:drawing cohorts:decision
        cohorts:decision_minutes cohorts:offers cohorts:gaps cohorts:offer""",
    ),
    **rows(
        PLAN,
        """cohorts:estimates cohorts:scenario_copy cohorts:scenario_remove cohorts:pin
        cohorts:propose cohorts:decision_drop cohorts:offer_terms cohorts:offers_send
        cohorts:offer_accept cohorts:offer_decline cohorts:offer_withdraw cohorts:offer_extend
        cohorts:offer_on_paper
        cohorts:seat_release cohorts:seat_substitute""",
    ),
    **rows(
        PLAN,
        """cohorts:scenario_solve cohorts:scenario_move cohorts:unpin cohorts:drawing_freeze
        cohorts:offers_prepare cohorts:offer_send""",
        post=True,
    ),
    # Letters. Passport data are for the few who make letters to embassies, and for the person.
    **rows(
        OVERSEE,
        """cohorts:letters cohorts:wording_preview cohorts:batch cohorts:batch_archive
        cohorts:batch_print cohorts:letter cohorts:letter_preview cohorts:letter_file""",
    ),
    **rows(
        PLAN,
        """cohorts:letterhead cohorts:letterhead_translation cohorts:wording
        cohorts:wording_translation cohorts:batch_begin cohorts:batch_put_up cohorts:batch_send
        cohorts:batch_cancel cohorts:letter_change cohorts:letter_take_out cohorts:letter_revoke
        cohorts:letter_again""",
    ),
    **rows(PLAN, "cohorts:wording_begin cohorts:batch_issue cohorts:letter_posted", post=True),
    **rows(EVERYWHERE, "cohorts:passports cohorts:passport cohorts:passport_remove"),
    **rows(
        frozenset({"participant here"}),
        "cohort:my_letters cohort:my_passport cohort:my_passport_remove",
        draft=NOBODY,
    ),
    # By a fingerprint that was read out, or a link that was mailed.
    **rows(EVERYONE, "cohort:drawing cohort:drawing_frozen"),
    **rows(EVERYONE, "cohort:offer cohort:offer_code cohort:seats_code"),
    **rows(EVERYONE, "cohort:seats cohort:seat_substitute cohort:seat_release", code=True),
    **rows(EVERYONE, "documents:verify documents:verified"),
    # Travel, stay, money and protocol. What people eat and need is not for a director.
    **rows(
        OVERSEE,
        """logistics:travel logistics:traveller logistics:pickups logistics:rooms logistics:stays
        logistics:rooming_list logistics:arrivals logistics:budget logistics:source
        logistics:statement logistics:expenses logistics:expense logistics:allowances
        logistics:allowance logistics:signatures logistics:protocol logistics:protocol_person
        logistics:name_plates logistics:speakers logistics:buses logistics:bus_board
        logistics:bus_list logistics:dinners logistics:seating logistics:table_cards""",
    ),
    **rows(
        PLAN,
        """logistics:errand_edit logistics:leg_edit logistics:leg_remove logistics:pickup_add
        logistics:pickup_edit logistics:pickup_remove logistics:pickup_put logistics:rooms_suggest
        logistics:stay_edit logistics:hotel_add logistics:hotel_edit logistics:hotel_remove
        logistics:hotel_texts logistics:hotel_rooms_add logistics:hotel_room_edit
        logistics:hotel_room_remove logistics:needs logistics:needs_edit logistics:contact_edit
        logistics:source_add logistics:source_edit logistics:source_remove logistics:expense_add
        logistics:expense_edit logistics:payment_add logistics:payment_receipt
        logistics:payment_take_back logistics:allowance_days logistics:rate_add
        logistics:rate_edit logistics:rate_remove logistics:order_forget logistics:bus_add
        logistics:bus_edit logistics:bus_remove logistics:bus_empty logistics:bus_seat
        logistics:table_add logistics:table_edit logistics:table_remove logistics:seating_remove
        logistics:table_place""",
    ),
    **rows(
        PLAN,
        """logistics:travel_open logistics:errand_open logistics:errand_state
        logistics:pickup_fill logistics:arrivals_missing logistics:arrival_mark
        logistics:expense_state logistics:allowances_into_budget logistics:protocol_place
        logistics:photographs logistics:bus_fill logistics:bus_release logistics:seating_propose
        logistics:seating_do logistics:place_fix""",
        post=True,
    ),
    # One's own journey; lists that hold only what a host, or the officer on duty, needs.
    **rows(
        frozenset({"participant here"}),
        """travelling:journey travelling:my_leg travelling:my_stay travelling:my_needs
        travelling:my_contact travelling:my_seats""",
        draft=NOBODY,
    ),
    **rows(
        PLAN | {"host here"},
        "travelling:lists travelling:host_pickups travelling:host_hotel travelling:host_seats",
        draft=PLAN,
    ),
    **rows(PLAN, "travelling:emergency"),
}
