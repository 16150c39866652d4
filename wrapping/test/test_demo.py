# SPDX-License-Identifier: Apache-2.0
"""The demonstration makes its pictures and a page that tells the truth, and leaves the files of others alone."""

import html.parser
import inspect
import subprocess
import sys

import itk
import numpy as np
import pytest
from intensitymapping import demo
from tool_testing import FRAMES, STREET

COMMAND = [sys.executable, "-c", "import sys; from intensitymapping.command_line import main; sys.exit(main())"]


def run_command(*arguments, **options):
    return subprocess.run([*COMMAND, "demo", *map(str, arguments)], capture_output=True, text=True, **options)


def read(file):
    return itk.array_from_image(itk.imread(str(file)))


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


class Page(html.parser.HTMLParser):
    """What a page shows: its images, the files it needs, and its code."""

    def __init__(self, text):
        super().__init__()
        self.alternatives, self.files, self.codes, self.open_tags = {}, [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "img":
            self.alternatives[attributes["src"]] = attributes["alt"]
        self.files += [attributes[name] for name in ("src", "href") if name in attributes]
        self.open_tags.append(tag)
        if self.open_tags[-2:] == ["pre", "code"]:
            self.codes.append("")

    def handle_endtag(self, tag):
        while self.open_tags.pop() != tag:
            pass

    def handle_data(self, data):
        if self.open_tags[-2:] == ["pre", "code"]:
            self.codes[-1] += data


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "new" / "demo"
    lines = []
    assert demo.run(folder, report=lines.append) == folder / "index.html"
    assert len(lines) == len(demo.PICTURES)
    return folder


@pytest.fixture(scope="module")
def page(made):
    return Page((made / "index.html").read_text(encoding="utf-8"))


def test_there_are_five_pictures_or_more_and_nothing_else(made):
    pictures = {picture.file for picture in demo.PICTURES}
    assert len(pictures) == len(demo.PICTURES) >= 5
    assert set(contents(made)) == {"index.html", *pictures}


@pytest.mark.parametrize("picture", demo.PICTURES, ids=lambda picture: picture.file)
def test_each_picture_is_in_colour_or_gray_and_not_of_one_tone(made, picture):
    pixels = read(made / picture.file)
    assert min(pixels.shape[:2]) >= 256
    assert len(np.unique(pixels.reshape(-1, pixels.shape[-1]), axis=0)) > 30


def test_the_page_is_valid_html(made):
    html5lib = pytest.importorskip("html5lib")
    parser = html5lib.HTMLParser(strict=True)
    document = parser.parse((made / "index.html").read_text(encoding="utf-8"))
    assert document is not None


def test_the_page_needs_no_more_than_its_pictures(made, page):
    assert sorted(page.files) == sorted(picture.file for picture in demo.PICTURES)
    assert all(len(alternative) > 10 for alternative in page.alternatives.values())
    text = (made / "index.html").read_text(encoding="utf-8")
    assert "http" not in text and "<script" not in text and "@import" not in text


def test_the_page_shows_the_source_of_what_ran(page):
    shown = "\n".join(page.codes)
    for picture in demo.PICTURES:
        for function in (picture.make, *picture.helpers):
            assert inspect.getsource(function).rstrip() in shown


def test_the_code_of_the_page_makes_its_pictures(made, page):
    names = {}
    exec("\n".join(page.codes), names)
    frames = names["read_frames"](STREET)
    assert frames.shape == (len(FRAMES), 288, 384)
    for picture in demo.PICTURES:
        np.testing.assert_array_equal(names[picture.make.__name__](frames), read(made / picture.file))


def test_the_empty_street_is_the_median(made):
    frames = np.stack([read(file) for file in FRAMES])
    median = np.quantile(frames, 0.5, axis=0, method="inverted_cdf")
    colormap = itk.Colormap.New()
    colormap.SetName("gray")
    np.testing.assert_array_equal(read(made / "empty-street.png"), itk.colormap_image_filter(median, colormap=colormap))


def test_the_command_makes_the_same_again_in_its_own_folder(made, tmp_path):
    for _ in range(2):
        done = run_command(cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert str(tmp_path / "intensitymapping-demo" / "index.html") in done.stdout
    found, expected = contents(tmp_path / "intensitymapping-demo"), contents(made)
    # The page tells how long it took.
    found.pop("index.html"), expected.pop("index.html")
    assert found == expected


@pytest.mark.parametrize("name", ["index.html", "frame-in-color.png", "notes.txt"])
def test_a_folder_of_others_is_refused(tmp_path, name):
    (tmp_path / name).write_text("<title>precious</title>")
    done = run_command("--output", tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert f"'{tmp_path}'" in done.stderr and "give an empty or a new folder" in done.stderr
    assert contents(tmp_path) == {name: b"<title>precious</title>"}


def test_a_file_in_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "file").write_text("precious")
    for output in (tmp_path / "file", tmp_path / "file" / "folder"):
        done = run_command("--output", output)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert contents(tmp_path) == {"file": b"precious"}


def test_files_of_others_in_its_own_folder_stay(tmp_path):
    (tmp_path / "index.html").write_text(demo.GENERATOR)
    (tmp_path / "notes.txt").write_text("precious")
    demo.run(tmp_path, report=lambda line: None)
    assert (tmp_path / "notes.txt").read_text() == "precious"
    assert len(contents(tmp_path)) == len(demo.PICTURES) + 2


def test_what_fails_halfway_leaves_nothing(tmp_path, monkeypatch):
    def fail(frames):
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "PICTURES", [*demo.PICTURES[:2], demo.PICTURES[2]._replace(make=fail)])
    (tmp_path / "index.html").write_text(demo.GENERATOR)
    with pytest.raises(KeyboardInterrupt):
        demo.run(tmp_path, report=lambda line: None)
    assert contents(tmp_path) == {"index.html": demo.GENERATOR.encode()}


def test_what_a_killed_run_left_is_no_file_of_others(tmp_path):
    (tmp_path / f"{demo.UNFINISHED}1").mkdir()
    assert demo.run(tmp_path, report=lambda line: None).exists()


def test_it_needs_no_matplotlib(tmp_path):
    code = "import sys; sys.modules['matplotlib'] = None\nfrom intensitymapping import demo; demo.run(sys.argv[1])"
    done = subprocess.run([sys.executable, "-c", code, tmp_path / "demo"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
