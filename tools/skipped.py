"""A pytest plugin of `./test`: says plainly what was not run on this machine, and how to get it."""

from collections import Counter

HOW_TO_GET_IT = {
    "chromium": "sudo apt install chromium fonts-noto-cjk",
    "khal": "sudo apt install khal",
    "libreoffice": "sudo apt install libreoffice-writer fonts-noto-cjk",
    "pdftoppm": "sudo apt install poppler-utils",
    "postgresql": "sudo apt install postgresql, or name a server in TEST_DATABASE_URL",
}


def pytest_terminal_summary(terminalreporter):
    """Write the reasons for skipped tests, counted, before pytest's closing line."""
    reasons = Counter(reason(report) for report in terminalreporter.stats.get("skipped", []))
    if reasons:
        terminalreporter.section("not run on this machine")
    for why, count in reasons.most_common():
        terminalreporter.line(f"{count} not run: {why}")
    for word, how in HOW_TO_GET_IT.items():
        if any(word in why.lower() for why in reasons):
            terminalreporter.line(f"To run those that need {word}: {how}")


def reason(report):
    """The words a test gave for skipping itself."""
    words = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return words.removeprefix("Skipped: ")
