"""What people expect of a desktop program, each with the test that tries it; those in `tests/ui` use a real window."""

import ast

import pytest

HERE = "tests/ui/behaviours"
BEHAVIOURS = {
    "undo and redo of every edit": "tests/ui/test_forms.py::test_every_form_saves_undoes_and_redoes",
    "undo across restarts":
        "tests/organizer/importing/test_run.py::test_undo_leaves_the_record_as_it_was_also_after_a_restart",
    "autosave": "tests/ui/test_opinion.py::test_what_is_typed_is_kept_by_itself_and_taken_back",
    "drop and paste": "tests/ui/test_import_review.py::test_a_dropped_folder_and_pasted_files_are_reviewed",
    "the same file again": "tests/ui/test_window.py::test_a_file_is_reviewed_accepted_and_known_the_next_time",
    "progress with cancel": "tests/ui/test_window.py::test_a_cancelled_job_is_told_and_changes_nothing",
    "the window is never blocked": "tests/ui/test_window.py::test_the_window_goes_on_while_a_file_is_read",
    "print what shows": f"{HERE}/test_showing.py::test_what_is_shown_can_be_printed",
    "zoom": f"{HERE}/test_showing.py::test_ctrl_plus_minus_and_zero_change_the_text",
    "dark, light": f"{HERE}/test_showing.py::test_light_and_dark_are_drawn_and_kept",
    "keys listed, none doubled": f"{HERE}/test_showing.py::test_no_key_stands_for_two_things_and_all_are_listed",
    "Ctrl+K": "tests/ui/test_window.py::test_ctrl_k_finds_an_entry_by_its_words",
    "back and forward": f"{HERE}/test_moving.py::test_alt_left_and_right_lead_back_and_forward",
    "recent records": f"{HERE}/test_first_screen.py::test_a_recent_record_that_is_gone_says_so_and_leaves_the_list",
    "size and page kept": f"{HERE}/test_moving.py::test_the_page_and_the_size_are_kept",
    "widths of columns kept": f"{HERE}/test_moving.py::test_widths_of_columns_are_kept_between_two_starts",
    "off-screen brought back": f"{HERE}/test_moving.py::test_a_window_off_screen_is_brought_back",
    "one next step": f"{HERE}/test_first_screen.py::test_an_empty_page_offers_one_next_step",
    "sample removed in one click": f"{HERE}/test_unlocking.py::test_the_sample_is_marked_and_removed_by_one_click",
    "units a measure": "tests/ui/test_measure.py::test_the_unit_changes_and_what_was_printed_stays_beside_it",
    "03/04 asks": f"{HERE}/test_entries.py::test_a_date_that_may_be_two_days_is_asked",
    "partial dates": f"{HERE}/test_entries.py::test_a_date_is_kept_as_exactly_as_it_is_known",
    "no shift with the zone": "tests/organizer/importing/formats/test_fhir.py::test_a_zone_never_shifts_the_day",
    "all by keyboard": f"{HERE}/test_showing.py::test_tab_goes_round_each_page_and_the_focus_shows",
    "names and roles":
        f"{HERE}/test_showing.py::test_every_control_has_a_name_and_a_role_and_is_reached_by_tab",
    "the chart in words": "tests/ui/test_chart.py::test_it_says_its_course_in_a_sentence",
    "never colour alone": "tests/ui/test_measure.py::test_a_value_outside_the_printed_range_says_so_in_words",
    "nobody else's data": f"{HERE}/test_entries.py::test_nothing_of_another_person_is_listed_or_found",
    "never overwritten silently": "tests/ui/test_export.py::test_what_is_there_stays_and_the_person_is_told",
    "a full disk": "tests/organizer/packet/test_build.py::test_a_full_disk_leaves_nothing_behind",
    "the preview is the file":
        "tests/ui/test_packet_step.py::test_what_is_saved_is_the_preview_byte_for_byte_and_is_noted_with_the_case",
    "locks": "tests/ui/test_locking.py::test_no_word_is_left_in_any_widget",
    "wrong passphrase": f"{HERE}/test_unlocking.py::test_a_wrong_passphrase_is_told_and_the_right_one_opens",
    "exported and back": "tests/organizer/exporting/test_round_trip.py::test_the_sample_comes_back_as_it_was",
    "no sockets": "tests/house/test_independence.py::test_the_test_run_is_refused_an_internet_socket",
    "F1": f"{HERE}/test_entries.py::test_f1_says_what_the_page_is_for",
    "sort, filter, TSV": "tests/ui/test_measure.py::test_the_table_sorts_by_number_filters_and_is_copied_as_tsv",
    "several at once": f"{HERE}/test_entries.py::test_several_rows_are_chosen_removed_and_brought_back_at_once",
    "tags": f"{HERE}/test_entries.py::test_several_rows_are_tagged_by_keyboard_found_by_it_and_untagged_by_mouse",
    "details without health data":
        f"{HERE}/test_closing.py::test_details_of_an_error_are_copied_without_a_word_of_the_record",
    "a second start": f"{HERE}/test_closing.py::test_a_second_start_raises_the_first_window",
    "closing during work asks": f"{HERE}/test_closing.py::test_closing_while_work_goes_on_asks_first",
    "pixel ratios": f"{HERE}/test_showing.py::test_icons_and_letters_are_drawn_at_the_screens_pixel_ratio",
}  # fmt: skip


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_a_behaviour_is_tried_by_a_test_that_is_there(behaviour, checkout):
    file, _colons, name = BEHAVIOURS[behaviour].partition("::")
    there = {one.name for one in ast.parse((checkout / file).read_text("utf-8")).body if hasattr(one, "name")}
    assert name in there
