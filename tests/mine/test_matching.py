"""The fast matcher finds what spaCy's own Matcher finds with the same patterns."""

from __future__ import annotations

from functools import partial

import pytest
import spacy
from spacy.matcher import Matcher
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from minutesminer import resources
from minutesminer.errors import RuleError
from minutesminer.mine.engine.lexicon import Lexicon
from minutesminer.mine.engine.matching import PatternSet
from minutesminer.mine.engine.rules import Rule
from minutesminer.mine.engine.ruleset import rule_set
from minutesminer.mine.engine.tokenizer import make_tokenizer
from minutesminer.parse import parse


def _rule(pattern: list[dict], id: str = "r") -> Rule:
    return Rule(id, "metric", "count", (tuple(pattern),), "why", "metrics/test.yaml")


def _spacy_matcher(rules: list[Rule], lexicons: dict[str, Lexicon], vocab: Vocab) -> Matcher:
    """The same patterns in spaCy's Matcher; a lexicon's flag is an extension attribute of the token."""
    known: dict[str, set[str]] = {}

    def holds(token: Token, name: str) -> bool:
        if token.text not in known:
            known[token.text] = {lexicon.name for lexicon in lexicons.values() if lexicon.holds(token.text)}
        return name in known[token.text]

    for name in lexicons:
        Token.set_extension(f"is_{name}", getter=partial(holds, name=name), force=True)
    matcher = Matcher(vocab)
    for rule in rules:
        matcher.add(rule.id, [_translated(pattern) for pattern in rule.patterns], greedy="LONGEST")
    return matcher


def _translated(pattern: tuple[dict, ...]) -> list[dict]:
    tokens = []
    for spec in pattern:
        token = {key: value for key, value in spec.items() if key not in {"FLAG", "NOT_FLAG"}}
        flags = {f"is_{name}": True for name in _names(spec.get("FLAG"))}
        flags |= {f"is_{name}": False for name in _names(spec.get("NOT_FLAG"))}
        tokens.append(token | ({"_": flags} if flags else {}))
    return tokens


def _kinds(patterns: PatternSet, texts: list[str]) -> list[int]:
    return [patterns.kind(patterns.bits(text)) for text in texts]


def _names(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []


def test_every_packaged_pattern_matches_as_in_spacy():
    rules = rule_set()
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    matcher = _spacy_matcher(rules.rules, rules.lexicons, nlp.vocab)
    paths = sorted(p for p in resources.folder("corpus").rglob("*") if p.suffix in {".txt", ".html"})
    matched = set()
    for path in paths:
        longest = max((item.text for item in parse(path.read_bytes(), path.name).items), key=len)
        words = rules.words(nlp.make_doc(longest))
        for start, end in words.sentences[6:46:5]:
            texts = words.text[start:end]
            doc = Doc(nlp.vocab, words=texts)
            expected = sorted((nlp.vocab.strings[key], first, last) for key, first, last in matcher(doc))
            found = rules.patterns.find(_kinds(rules.patterns, texts))
            assert sorted((m.rule.id, m.start, m.end) for m in found) == expected, " ".join(texts)
            matched.update(match.rule.id for match in found)
    assert len(matched) > 40


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ([{"LOWER": "item"}, {"LOWER": "no", "OP": "?"}, {"LOWER": "7"}], "Item no 7 , item 7", [(0, 3), (4, 6)]),
        ([{"LOWER": "a", "OP": "*"}, {"LOWER": "b"}], "a a b a b", [(0, 3), (3, 5)]),
        ([{"LOWER": "b"}, {"LOWER": {"NOT_IN": ["c"]}}], "b c b d", [(2, 4)]),
        ([{"SHAPE": "Xdd"}, {"NORM": "road"}], "M25 road , m25 road", [(0, 2)]),
        ([{"LOWER": "x"}, {"TEXT": {"REGEX": "^[A-Z]"}, "OP": "{1,2}"}], "x Ab Cd Ef", [(0, 3)]),
        ([{"LOWER": "x"}, {"LOWER": "a", "OP": "{2,}"}], "x a x a a a", [(2, 6)]),
        ([{"LOWER": "x"}, {"LOWER": {"IN": ["a", "b"]}, "OP": "{0,2}"}, {"LOWER": "b"}], "x a b b b", [(0, 4)]),
        ([{"LOWER": {"NOT_IN": ["d"]}, "OP": "{1,2}"}, {"LOWER": "x"}], "c c c x d x", [(1, 4)]),
        ([{"LOWER": "x"}, {"LOWER": "a", "OP": "*"}, {"TEXT": {"REGEX": "[ab]"}, "OP": "+"}], "x a b a c x", [(0, 4)]),
    ],
)
def test_operators_reach_as_far_as_they_can(pattern, text, expected):
    compiled = PatternSet([_rule(pattern)], {})
    found = compiled.find(_kinds(compiled, text.split()))
    assert [(match.start, match.end) for match in found] == expected


def test_no_pattern_crosses_a_line_break():
    compiled = PatternSet([_rule([{"LOWER": "a"}, {"LOWER": {"NOT_IN": ["x"]}}])], {})
    assert compiled.find(_kinds(compiled, ["a", "\n"])) == []


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ([{"FLAG": "nonesuch"}], "names the lexicon 'nonesuch'"),
        ([{"LOWER": "a", "OP": "%"}], "has OP '%'"),
        ([{"LOWER": "a", "OP": "?"}], "no token that must stand exactly once"),
        ([{"LOWER": {"FUZZY": "a"}}], "uses LOWER with FUZZY"),
    ],
)
def test_a_pattern_that_cannot_run_is_refused_by_name(pattern, message):
    with pytest.raises(RuleError, match=message):
        PatternSet([_rule(pattern)], {})
