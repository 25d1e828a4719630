"""`bot.cli`: the command `corpusbot`, run in this process with an encoder made by hand, and a few times for real."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import bot.cli
from corpus.collection import write_article
from embeddings.generation import current_id, generations_folder
from tests.bot.sample_articles import (
    FERRY,
    NOTICE,
    OFF_SUBJECT_QUESTION,
    SOLAR,
    SOLAR_QUESTION,
    SOLAR_SENTENCE,
    write_collection,
)
from tests.fake_encoder import FakeEncoder

HEAVY = ("torch", "sentence_transformers", "transformers", "faiss", "discord")
SCRIPT = Path(sys.executable).parent / "corpusbot"
ROOT = Path(bot.cli.__file__).parent.parent
TOKEN = "sesame.klopstock.wunderkammer"
RECORD_KEYS = ["question", "answered", "reason", "confidence", "quotes", "generation", "took_ms"]


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """What was printed on standard error, as one line without the frame that typer draws around it."""
        return " ".join(re.sub("[╭╮╰╯─│]", " ", self.err).split())


Command = Callable[..., Ended]


@pytest.fixture
def corpusbot(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], home: Path) -> Command:
    """Runs the command as the console script does, over the sample collection; its output is piped."""
    monkeypatch.setattr("bot.services.SentenceTransformerEncoder", lambda name, check_cache: FakeEncoder())
    monkeypatch.setattr("bot.doctor.SentenceTransformerEncoder", lambda name, check_cache: FakeEncoder())
    monkeypatch.setenv("COLLECTION_DIR", str(write_collection(home / "articles")))
    monkeypatch.setenv("OMP_WAIT_POLICY", "PASSIVE")  # set by `main`, put back afterwards

    def run(*arguments: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["corpusbot", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            bot.cli.main()
        printed = capsys.readouterr()
        code = ended.value.code
        return Ended(code if isinstance(code, int) else 0, printed.out, printed.err)

    return run


@pytest.fixture
def indexed(corpusbot: Command) -> Command:
    """The command with an index in place."""
    assert corpusbot("reindex").code == 0
    return corpusbot


def record_of(ended: Ended) -> dict[str, Any]:
    """The one JSON object on standard output."""
    (line,) = ended.out.splitlines()
    record: dict[str, Any] = json.loads(line)
    return record


def is_one_clear_sentence(ended: Ended, *words: str) -> bool:
    """Whether a command failed as it should: code 2, nothing on standard output, the words, no traceback."""
    assert ended.code == 2, ended
    assert ended.out == ""
    assert "Traceback" not in ended.err and 'File "' not in ended.err
    assert all(word in ended.complaint for word in words), ended.err
    return True


# --- ask -------------------------------------------------------------------------------------------------------------


def test_ask_prints_the_quote_and_its_source(indexed: Command) -> None:
    """Piped: plain letters, the quotation whole, its source under it, code 0."""
    ended = indexed("ask", SOLAR_QUESTION)
    assert ended.code == 0
    assert ended.out.startswith(f"  “{SOLAR_SENTENCE}")
    assert "[1] “Roofs of Vetluga turn blue”, Harbour Gazette, 2 May 2024, ¶ 1" in ended.out
    assert "\x1b" not in ended.out and ended.err == ""


def test_ask_declines_with_code_1(indexed: Command) -> None:
    """Declining is told apart by the code as well as in words."""
    ended = indexed("ask", OFF_SUBJECT_QUESTION)
    assert ended.code == 1
    assert ended.out.startswith("No answer in the articles. ")


@pytest.mark.parametrize("question", ["", "   ", "?!"])
def test_a_question_without_words_is_declined(indexed: Command, question: str) -> None:
    """Nothing to look for is an abstention, not an error."""
    ended = indexed("ask", question)
    assert ended.code == 1
    assert "no words in this question" in ended.out


def test_a_very_long_quote_is_printed_whole(indexed: Command, home: Path) -> None:
    """A sentence of 3,000 letters comes out on one line, neither cut nor broken."""
    sentence = "Zanzibar exports " + ", ".join(f"spice{number:04d}" for number in range(280)) + " and cloves."
    assert len(sentence) > 3000
    write_article(replace(NOTICE, id="spices", text=sentence), home / "articles")
    indexed("reindex")
    ended = indexed("ask", "What does Zanzibar export? spice0001 spice0002", "--article", "spices")
    assert f"  “{sentence}”\n" in ended.out
    record = record_of(indexed("ask", "What does Zanzibar export?", "--article", "spices", "--json"))
    assert (record["quotes"] or record["nearest"])[0]["text"] == sentence


def test_json_of_an_answer(indexed: Command, home: Path) -> None:
    """One object with exactly the promised keys; positions cut the text that `articles --json` shows."""
    ended = indexed("ask", SOLAR_QUESTION, "--json")
    assert ended.code == 0
    record = record_of(ended)
    assert list(record) == RECORD_KEYS
    assert (record["question"], record["answered"], record["reason"]) == (SOLAR_QUESTION, True, None)
    assert record["generation"] == current_id(home / "data")
    quote = record["quotes"][0]
    assert set(quote) - {"answer_part"} == set(
        "text answer_text article_id title publisher author published_on url kind paragraph start end score also_in".split()
    )
    article = record_of(indexed("articles", "solar-roofs", "--json"))
    assert article["text"][quote["start"] : quote["end"]] == quote["text"]
    assert quote["answer_text"] == SOLAR_SENTENCE


def test_json_of_an_abstention(indexed: Command) -> None:
    """The code is 1 and `nearest` is there; otherwise the keys are the same."""
    ended = indexed("ask", OFF_SUBJECT_QUESTION, "--json")
    assert ended.code == 1
    record = record_of(ended)
    assert sorted(record) == sorted([*RECORD_KEYS, "nearest"])
    assert (record["answered"], record["quotes"]) == (False, [])
    assert record["reason"] and isinstance(record["nearest"], list)


def test_filters_narrow_the_articles(indexed: Command) -> None:
    """Each filter lets the right article through and keeps it out; days count from and to, both included."""
    for passing in (
        ("--article", "solar-roofs"),
        ("--article", "ferry-line", "--article", "solar-roofs"),
        ("--publisher", "harbour"),
        ("--since", "2024-05-02"),
        ("--until", "2024-05-02"),
        ("--since", "2024-01-01", "--until", "2024-12-31", "--publisher", "gazette"),
    ):
        record = record_of(indexed("ask", SOLAR_QUESTION, "--json", *passing))
        assert record["answered"] and record["quotes"][0]["article_id"] == "solar-roofs", passing
    for failing in (
        ("--article", "ferry-line"),
        ("--publisher", "courier"),
        ("--since", "2024-05-03"),
        ("--until", "2024-05-01"),
        ("--since", "2030-01-01"),
    ):
        ended = indexed("ask", SOLAR_QUESTION, "--json", *failing)
        assert ended.code == 1, failing
        assert all(quote["article_id"] != "solar-roofs" for quote in record_of(ended)["nearest"]), failing


def test_no_article_passes(indexed: Command) -> None:
    """The reader is told that the filters, not the articles, are why there is no answer."""
    ended = indexed("ask", SOLAR_QUESTION, "--publisher", "nobody")
    assert ended.code == 1 and "No article passes the filters." in ended.out


@pytest.mark.parametrize("top", [1, 2])
def test_top_limits_the_quotes(indexed: Command, top: int) -> None:
    """At most so many quotes, and the best ones."""
    quotes = record_of(indexed("ask", "solar roofs Vetluga schools", "--json", "--top", str(top)))["quotes"]
    assert 1 <= len(quotes) <= top


def test_a_question_may_look_like_an_option(indexed: Command) -> None:
    """After `--` everything is the question."""
    assert record_of(indexed("ask", "--json", "--", "--solar-roofs"))["question"] == "--solar-roofs"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ask",), ("one question or --batch",)),
        (("ask", "a", "--batch", "b"), ("one question or --batch",)),
        (("ask", "a", "--since", "5 March"), ("--since", "'5 March' is not a date", "2025-03-05")),
        (("ask", "a", "--until", "2025-02-30"), ("--until", "'2025-02-30' is not a date")),
        (("ask", "a", "--article", "no-such"), ("There is no article 'no-such'", "ferry-line, pasted-notice, solar-roofs")),
        (("ask", "a", "--top", "0"), ("--top",)),
        (("ask", "a", "--top", "six"), ("--top", "integer")),
        (("ask", "a", "--colour"), ("--colour",)),
        (("ask", "a", "--batch"), ("--batch",)),
        (("ask", "--batch", "missing.txt"), ("missing.txt", "cannot be read")),
        (("ask", "--batch", "."), ("cannot be read",)),
        (("aks", "a"), ("aks",)),
        (("articles", "no-such"), ("There is no article 'no-such'", "corpusbot articles")),
        (("articles", "--collection", "nowhere"), ("nowhere does not exist", "corpusbot import")),
        (("rollback",), ("There is no generation before",)),
        (("import", "missing.md"), ("missing.md",)),
        (("run",), ("No Discord token is set", "DISCORD_TOKEN")),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_mistake_is_one_clear_sentence_and_code_2(indexed: Command, arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    """Every foreseen mistake names what was wrong; none shows a traceback; all end with 2."""
    assert is_one_clear_sentence(indexed(*arguments), *words)


def test_a_missing_index_names_the_cure(corpusbot: Command) -> None:
    """Before the first reindex."""
    assert is_one_clear_sentence(corpusbot("ask", "Why?"), "There is no index in data yet. Run: corpusbot reindex")


def test_all_settings_mistakes_are_named(corpusbot: Command, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt and a malformed setting are told together, a token never."""
    (home / ".env").write_text(f"DISCORD_TOKN={TOKEN}\n", encoding="utf-8")
    monkeypatch.setenv("LOG_LEVEL", "loud")
    ended = corpusbot("articles")
    assert is_one_clear_sentence(ended, "Did you mean DISCORD_TOKEN?", "LOG_LEVEL is 'LOUD'")
    assert all(part not in ended.err for part in TOKEN.split("."))


def test_an_unforeseen_error_does_not_pass_for_an_abstention(indexed: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Code 1 means declined; a bug of ours must end with 2."""

    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("bot.services.ask_collection", broken)
    assert indexed("ask", SOLAR_QUESTION).code == 2


# --- batch -----------------------------------------------------------------------------------------------------------


def test_a_batch_of_lines_is_answered_in_order(indexed: Command, home: Path) -> None:
    """One question a line, empty lines passed over, a byte order mark and Windows line ends taken."""
    text = f"\ufeff{SOLAR_QUESTION}\r\n\r\n{OFF_SUBJECT_QUESTION}\r\n  {SOLAR_QUESTION}  \r\n"
    (home / "questions.txt").write_text(text, encoding="utf-8", newline="")
    ended = indexed("ask", "--batch", "questions.txt")
    assert ended.code == 0
    records = [json.loads(line) for line in ended.out.splitlines()]
    assert [record["question"] for record in records] == [SOLAR_QUESTION, OFF_SUBJECT_QUESTION, SOLAR_QUESTION]
    assert [record["answered"] for record in records] == [True, False, True]


def test_a_batch_of_json_lines_is_answered_in_order(indexed: Command, home: Path) -> None:
    """The key "q" is the question, other keys are passed over; filters count for all."""
    lines = [{"q": SOLAR_QUESTION, "id": 7}, {"id": 8, "q": "Does it “quote”, 中文?"}]
    (home / "q.jsonl").write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    ended = indexed("ask", "--batch", "q.jsonl", "--article", "ferry-line", "--top", "1")
    records = [json.loads(line) for line in ended.out.splitlines()]
    assert [record["question"] for record in records] == [line["q"] for line in lines]
    shown = [quote["article_id"] for record in records for quote in record["quotes"] + record["nearest"]]
    assert set(shown) <= {"ferry-line"}


def test_a_json_line_may_hold_any_letter(indexed: Command, home: Path) -> None:
    """Only a line feed parts lines: a line separator inside a JSON text is a letter of the question."""
    line = json.dumps({"q": "solar\u2028roofs\x85of Vetluga"}, ensure_ascii=False)
    (home / "q.jsonl").write_text(f"{line}\n", encoding="utf-8")
    ended = indexed("ask", "--batch", "q.jsonl")
    assert (ended.code, record_of(ended)["question"]) == (0, "solar roofs of Vetluga")


@pytest.mark.parametrize(
    ("line", "words"), [('{"q": 1}', '"q" is 1'), ('{"question": "x"}', 'the key "q"'), ('{"q": "x"', "JSON object")]
)
def test_a_bad_batch_line_is_named_before_any_answer(indexed: Command, home: Path, line: str, words: str) -> None:
    """File and line number are told, and no half of the answers is printed."""
    (home / "q.jsonl").write_text(f"{SOLAR_QUESTION}\n\n{line}\n", encoding="utf-8")
    assert is_one_clear_sentence(indexed("ask", "--batch", "q.jsonl"), "q.jsonl:3", words)


def test_a_batch_that_is_no_text_is_named(indexed: Command, home: Path) -> None:
    """Another encoding is one sentence."""
    (home / "q.txt").write_bytes("Wie groß?\n".encode("utf-16"))
    assert is_one_clear_sentence(indexed("ask", "--batch", "q.txt"), "q.txt", "UTF-8")


# --- articles, import, reindex, rollback, doctor, chat ---------------------------------------------------------------


def test_articles_are_listed_and_shown(corpusbot: Command) -> None:
    """All of them by id, or one with the text that is quoted from; no index is needed."""
    listed = corpusbot("articles")
    assert listed.code == 0
    assert [line for line in listed.out.splitlines() if not line.startswith(" ")] == [
        "ferry-line",
        "pasted-notice",
        "solar-roofs",
    ]
    assert corpusbot("articles", "pasted-notice").out.endswith(f"\n{NOTICE.text}\n")


def test_articles_as_json_are_one_object_a_line(corpusbot: Command) -> None:
    """Each line is one article."""
    records = [json.loads(line) for line in corpusbot("articles", "--json").out.splitlines()]
    assert [(record["id"], record["kind"]) for record in records] == [
        ("ferry-line", "brief"),
        ("pasted-notice", "original"),
        ("solar-roofs", "original"),
    ]


def test_imported_articles_can_be_asked_about(indexed: Command, home: Path) -> None:
    """Import, reindex, ask: what went in is quoted; the command says what to run next."""
    (home / "lamp.txt").write_text("The lamplighter of Osterby retired after 61 years.\n", encoding="utf-8")
    imported = indexed("import", "lamp.txt")
    assert imported.code == 0
    assert imported.out.splitlines()[0] == "new: lamp (lamp.txt)"
    assert "Now run: corpusbot reindex" in imported.out
    assert "4 articles" in indexed("reindex").out
    record = record_of(indexed("ask", "After how many years did the lamplighter of Osterby retire?", "--json"))
    assert record["quotes"][0]["text"] == "The lamplighter of Osterby retired after 61 years."


def test_a_bad_file_is_refused_and_the_others_go_in(corpusbot: Command, home: Path) -> None:
    """Code 1 says that not all went in; the bad one is named on standard error."""
    (home / "good.txt").write_text("A good sentence about storks.\n", encoding="utf-8")
    (home / "empty.txt").write_text("", encoding="utf-8")
    ended = corpusbot("import", "empty.txt", "good.txt")
    assert ended.code == 1
    assert "new: good (good.txt)" in ended.out
    assert ended.complaint.startswith("refused: ") and "empty.txt" in ended.complaint


def test_reindex_tells_what_changed(corpusbot: Command, home: Path) -> None:
    """Added, changed and removed articles are counted, and nothing known is encoded again."""
    first = corpusbot("reindex").out
    assert "3 articles" in first and "3 added, 0 changed, 0 removed" in first and ", 0 known already" in first
    assert re.search(r" sentences, \d+ figures \(\d+ numbers left out\); 3 added", first)
    (home / "articles" / "pasted-notice.md").unlink()
    write_article(replace(SOLAR, title="Another title"), home / "articles")
    second = corpusbot("reindex").out
    assert "2 articles" in second and "0 added, 1 changed, 1 removed" in second and "; 0 texts encoded" in second


def test_reindex_if_missing_builds_once(corpusbot: Command, home: Path) -> None:
    """For start scripts: a good index is left alone, a missing one is built."""
    assert "3 articles" in corpusbot("reindex", "--if-missing").out
    before = current_id(home / "data")
    again = corpusbot("reindex", "--if-missing")
    assert (again.code, again.out, current_id(home / "data")) == (0, "", before)


def test_reindex_if_missing_builds_anew_for_another_catalogue(
    corpusbot: Command, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Figures are named when the index is built: after the catalogue was changed, a start script has them named anew."""
    monkeypatch.setenv("CATALOGUE_FILE", "metrics.toml")
    (home / "metrics.toml").write_text("", encoding="utf-8")
    assert "3 articles" in corpusbot("reindex", "--if-missing").out
    assert corpusbot("reindex", "--if-missing").out == ""
    (home / "metrics.toml").write_text('[[metric]]\nkey = "roofs"\ntitle = "Roofs"\nunit = "count"\n', encoding="utf-8")
    assert "3 articles" in corpusbot("reindex", "--if-missing").out
    assert corpusbot("reindex", "--if-missing").out == ""


def test_a_bad_catalogue_leaves_the_old_index(indexed: Command, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is named in one sentence, and questions are answered as before."""
    (home / "metrics.toml").write_text("[[metric]\n", encoding="utf-8")
    monkeypatch.setenv("CATALOGUE_FILE", "metrics.toml")
    before = current_id(home / "data")
    for options in ([], ["--if-missing"]):
        assert is_one_clear_sentence(indexed("reindex", *options), "metrics.toml cannot be read")
    assert current_id(home / "data") == before
    assert indexed("ask", SOLAR_QUESTION).code == 0


def test_a_failed_reindex_leaves_the_old_index(indexed: Command, home: Path) -> None:
    """A malformed article is named with its line, and questions are answered as before."""
    (home / "articles" / "bad.md").write_text("---\nid: Bad Id\n---\nText.\n", encoding="utf-8")
    assert is_one_clear_sentence(indexed("reindex"), "bad.md:2", "Bad Id")
    assert indexed("ask", SOLAR_QUESTION).code == 0


def test_rollback_makes_the_earlier_index_answer(indexed: Command, home: Path) -> None:
    """One step back, told by its id; from the first there is no way back."""
    before = current_id(home / "data")
    (home / "articles" / "solar-roofs.md").unlink()
    indexed("reindex")
    assert indexed("ask", SOLAR_QUESTION).code == 1
    assert indexed("rollback").out == f"Index {before} answers now.\n"
    assert indexed("ask", SOLAR_QUESTION).code == 0
    assert is_one_clear_sentence(indexed("rollback"), "Nothing was changed")


def test_doctor_tells_what_to_do(corpusbot: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Code 2 while the bot could not answer, 0 once it can; the token is never shown."""
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    sick = corpusbot("doctor")
    assert sick.code == 2 and re.search(r"mend +Index: .*Run: corpusbot reindex", sick.out)
    corpusbot("reindex")
    well = corpusbot("doctor")
    assert (well.code, len(re.findall("^ok ", well.out, re.MULTILINE))) == (0, 5)
    assert all(part not in sick.out + well.out for part in TOKEN.split("."))


def test_doctor_notes_what_is_not_vital(indexed: Command) -> None:
    """Without a token the command line works: a note, and code 0."""
    ended = indexed("doctor")
    assert ended.code == 0 and re.search(r"note +Discord: no token is set", ended.out)


def test_chat_answers_until_an_empty_line(indexed: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """One question after another; nothing is asked after the empty line."""
    lines = iter([SOLAR_QUESTION, OFF_SUBJECT_QUESTION, "", SOLAR_QUESTION])
    monkeypatch.setattr("builtins.input", lambda prompt: next(lines))
    ended = indexed("chat")
    assert ended.code == 0
    answered, _ = ended.out.split("No answer in the articles.")
    assert answered.count(SOLAR_SENTENCE) == 1
    assert next(lines) == SOLAR_QUESTION


def test_chat_ends_with_its_input(indexed: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-D is a way to leave, not an error."""

    def ended_input(prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", ended_input)
    assert indexed("chat").code == 0


def test_options_win_over_settings(indexed: Command, home: Path) -> None:
    """--collection and --data point elsewhere for one run."""
    write_collection(home / "other", (FERRY,))
    assert "1 articles" in indexed("reindex", "--collection", "other", "--data", "elsewhere").out
    assert len(list(generations_folder(home / "elsewhere").iterdir())) == 1
    assert indexed("ask", SOLAR_QUESTION, "--data", "elsewhere").code == 1
    assert indexed("ask", SOLAR_QUESTION).code == 0


def test_every_command_explains_itself() -> None:
    """`--help` works for each command and says something of each option."""
    runner = CliRunner()
    listed = runner.invoke(bot.cli.app, ["--help"])
    assert listed.exit_code == 0
    for command in ("ask", "chat", "import", "reindex", "rollback", "articles", "evaluate", "doctor", "run"):
        assert command in listed.output
        assert runner.invoke(bot.cli.app, [command, "--help"]).exit_code == 0


# --- real processes --------------------------------------------------------------------------------------------------


def environment(home: Path, **settings: str) -> dict[str, str]:
    """What a process of an operator finds: the real model, the sample collection, nothing of this process's own."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    return kept | {"COLLECTION_DIR": str(home / "articles"), "DATA_DIR": str(home / "data")} | settings


@pytest.mark.parametrize("arguments", [["--help"], ["articles"], ["ask"]], ids=" ".join)
def test_nothing_heavy_is_imported_at_start(arguments: list[str], home: Path) -> None:
    """What needs no model answers at once: neither the model's libraries nor Discord's nor FAISS are loaded."""
    write_collection(home / "articles")
    program = (
        "import sys\nfrom bot.cli import main\n"
        f"sys.argv = ['corpusbot', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print('loaded:', *(name for name in {HEAVY!r} if name in sys.modules))"
    )
    command, settings = [sys.executable, "-c", program], environment(home, PYTHONPATH=str(ROOT))
    ended = subprocess.run(command, env=settings, cwd=home, capture_output=True, text=True, check=False)
    assert ended.stdout.splitlines()[-1:] == ["loaded:"], ended


@pytest.fixture(scope="module")
def real_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The sample collection, indexed by the installed command with the real model."""
    home = tmp_path_factory.mktemp("operator")
    write_collection(home / "articles")
    ended = real(home, "reindex")
    assert (ended.code, ended.err) == (0, "")
    assert "3 articles" in ended.out
    yield home


def real(home: Path, *arguments: str) -> Ended:
    """Run the installed command in a process of its own."""
    ended = subprocess.run([SCRIPT, *arguments], env=environment(home), cwd=home, capture_output=True, text=True, check=False)
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def test_the_installed_command_answers_with_the_real_model(real_home: Path) -> None:
    """Standard output holds one JSON object and nothing else, although a model was loaded; standard error is silent."""
    ended = real(real_home, "ask", "How many roofs with solar panels are there in Vetluga?", "--json")
    assert (ended.code, ended.err) == (0, "")
    assert record_of(ended)["quotes"][0]["answer_text"] == SOLAR_SENTENCE


def test_the_installed_command_declines_with_the_real_model(real_home: Path) -> None:
    """Nothing in the articles: code 1, and a reason in words."""
    ended = real(real_home, "ask", OFF_SUBJECT_QUESTION)
    assert (ended.code, ended.err) == (1, "")
    assert ended.out.startswith("No answer in the articles. ")
