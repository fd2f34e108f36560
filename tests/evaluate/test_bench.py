"""The speed measurement reads every text once and counts what it read."""

from __future__ import annotations

from minutesminer.evaluate.bench import round_of, texts_of


def test_the_same_text_is_read_once(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(
            "Minutes:\nAttendance rose to 95%.\nRESOLVED: That the report be noted.\n", "utf-8"
        )
    assert texts_of([tmp_path]) == ["Minutes:\nAttendance rose to 95%.\nRESOLVED: That the report be noted."]


def test_a_round_counts_characters_and_cpu_time():
    speed = round_of(["Attendance rose to 95%.", "It fell."])
    assert speed.characters == 31
    assert min(speed.mining, speed.tokenizer, speed.first) > 0
