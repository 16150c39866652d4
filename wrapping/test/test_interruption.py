# SPDX-License-Identifier: Apache-2.0
"""What is running can be stopped: by Ctrl-C, by an exception in an observer, by an abort. It ends within a second, in
an exception of Python's, and the interpreter and the filter live on.

Each scenario runs in an interpreter of its own, with each of ITK's threaders, before and after ITK's own filters.
"""

import os
import signal
import subprocess
import sys
import threading
import time
import traceback

import itk
import numpy as np
import pytest
from intensitymapping import ProcessAborted

LATENCY = 1.0
WORK_UNITS = [1, None]

# What runs before: whichever binary of ITK's makes the first threader decides for all.
PRELUDES = {
    "alone": lambda: None,
    "after a filter of ITK's": lambda: itk.median_image_filter(itk.image_from_array(np.zeros((50, 50), np.float32))),
    "after a reader of ITK's": lambda: itk.imread(os.environ["PICTURE"]),
}


@pytest.fixture(scope="session")
def picture(tmp_path_factory):
    path = tmp_path_factory.mktemp("interruption") / "picture.png"
    itk.imwrite(itk.image_from_array(np.zeros((20, 30), np.uint8)), str(path))
    return str(path)


def run(picture, threader, *arguments):
    environment = os.environ | {"PICTURE": picture}
    environment.pop("ITK_GLOBAL_DEFAULT_THREADER", None)
    if threader is not None:
        environment["ITK_GLOBAL_DEFAULT_THREADER"] = threader
    command = [sys.executable, "-X", "faulthandler", __file__, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.mark.parametrize("prelude", PRELUDES)
@pytest.mark.parametrize("threader", [None, "TBB", "Pool", "Platform"])
def test_every_way_to_stop_with_every_threader(picture, threader, prelude):
    run(picture, threader, prelude, "ctrl_c", "raise_in_observer", "abort_in_observer", "abort_in_thread")


@pytest.mark.parametrize("threader", ["Pool", "Platform"])
def test_filters_of_itk_are_stopped_too(picture, threader):
    """As far as they look: in the small work units of TBB's threader they do not."""
    run(picture, threader, "alone", "ctrl_c_before_a_filter_of_itk_is_done")


@pytest.mark.parametrize(
    "scenario",
    [
        "ctrl_c_in_an_update_by_others",
        "raise_in_an_update_by_others",
        "raise_a_keyboard_interrupt_in_an_update_by_others",
        "handle_another_signal",
        "other_threads_go_on",
        "update_in_several_threads",
        "update_within_an_update",
        "depend_on_a_filter_in_python",
    ],
)
def test_stopping_also_where(picture, scenario):
    run(picture, None, "alone", scenario)


# The scenarios.


def make_bins():
    bins = itk.HistogramBins.New()
    bins.SetUniform(2000, 0, 1)
    return bins


def make_image(pixel, *size, components=None):
    image = (itk.Image if components is None else itk.VectorImage)[pixel, len(size)].New()
    image.SetRegions(list(size))
    if components is not None:
        image.SetNumberOfComponentsPerPixel(components)
    image.Allocate(True)
    return image


def make_colors(scale):
    # Clipping takes double precision, which is slower.
    normalization = itk.LinearNormalization.New(minimum=0, maximum=1, clip=True)
    return itk.ColormapImageFilter.New(make_image(itk.D, 2000, 1000, scale), normalization=normalization)


def make_learned_colors(scale):
    return itk.ColormapImageFilter.New(make_image(itk.F, 2000, 1000, scale))


def make_sink(scale):
    return itk.IntensityRangeImageSink.New(make_image(itk.F, 2000, 1000, scale), number_of_stream_divisions=3)


def make_histograms(scale):
    return itk.PixelwiseTemporalHistogramImageFilter.New(make_image(itk.F, 20, 20, 10_000 * scale), bins=make_bins())


def make_statistics(scale):
    histograms = make_image(itk.US, 100, 40 * scale, components=2000)
    return itk.TemporalHistogramStatisticImageFilter.New(histograms, bins=make_bins(), statistic="standard_deviation")


PROCESSES = [make_colors, make_learned_colors, make_sink, make_histograms, make_statistics]
SLOW_PROCESSES = [make_colors, make_histograms, make_statistics]


def each_process(makers=PROCESSES, scale=2):
    for make in makers:
        for work_units in WORK_UNITS:
            process = make(scale)
            if work_units is not None:
                process.SetNumberOfWorkUnits(work_units)
            yield process


def send(signal_number, delay):
    """Has the signal sent from outside, since a thread of this interpreter may have to wait for the others."""
    command = f"import os, time; time.sleep({delay}); os.kill({os.getpid()}, {int(signal_number)})"
    return subprocess.Popen([sys.executable, "-S", "-c", command])


def expect_usable(process):
    process.Update()
    assert process.GetProgress() == 1
    if isinstance(process, itk.ColormapImageFilter):
        assert (np.asarray(process.GetOutput()).reshape(-1, 4) == itk.Colormap.New().GetByteTable()[0]).all()
    elif isinstance(process, itk.IntensityRangeImageSink):
        assert process.GetNumberOfFiniteValues() == process.GetInput().GetLargestPossibleRegion().GetNumberOfPixels()
    elif isinstance(process, itk.PixelwiseTemporalHistogramImageFilter):
        number_of_frames = process.GetInput().shape[0]
        assert (itk.array_view_from_image(process.GetOutput())[..., 0] == number_of_frames).all()
    else:
        assert np.isnan(itk.array_view_from_image(process.GetOutput())).all()


def stop_by_signal(make, work_units, signal_number, expected):
    """Updates processes of more and more work, until the signal comes while one is running."""
    for scale in (8, 16, 32, 64):
        process = make(scale)
        if work_units is not None:
            process.SetNumberOfWorkUnits(work_units)
        # The first memory that is written to takes longest.
        process.UpdateOutputInformation()
        sent = []
        process.AddObserver(itk.StartEvent(), lambda sent=sent: sent.append(send(signal_number, 0.02)))
        began = time.monotonic()
        try:
            process.Update()
            sent[-1].wait()
            time.sleep(0.1)
        except expected:
            assert time.monotonic() - began < 10
            if process.GetProgress() < 1:
                process.RemoveAllObservers()
                expect_usable(process)
                return
    raise AssertionError(f"{process.GetNameOfClass()} could not be stopped while it ran.")


def ctrl_c():
    for make in SLOW_PROCESSES:
        for work_units in WORK_UNITS:
            stop_by_signal(make, work_units, signal.SIGINT, KeyboardInterrupt)


class TooMuchError(Exception):
    pass


def raise_in_observer():
    for process in each_process():
        caller = threading.get_ident()
        called = []

        def object_to_it(process=process, called=called, caller=caller):
            assert threading.get_ident() == caller
            if process.GetProgress() > 0:
                called.append(time.monotonic())
                raise TooMuchError(process.GetProgress())

        tag = process.AddObserver(itk.ProgressEvent(), object_to_it)
        for _ in range(2):
            called.clear()
            try:
                process.Update()
                raise AssertionError("Nothing was raised.")
            except TooMuchError as error:
                assert time.monotonic() - called[-1] < LATENCY
                assert len(called) == 1
                assert "object_to_it" in "".join(traceback.format_tb(error.__traceback__))
        process.RemoveObserver(tag)
        expect_usable(process)


def abort_in_observer():
    for process in each_process():
        called = []

        def abort(process=process, called=called):
            if process.GetProgress() > 0 and not called:
                called.append(time.monotonic())
                process.AbortGenerateDataOn()

        tag = process.AddObserver(itk.ProgressEvent(), abort)
        expect_aborted(process)
        assert time.monotonic() - called[0] < LATENCY
        process.RemoveObserver(tag)
        expect_usable(process)


def abort_in_thread():
    """Aborts from another thread before there is any progress, which ITK would forget, and later on."""
    for process in each_process():
        for event in (itk.StartEvent(), itk.ProgressEvent()):
            aborted = []

            def abort_elsewhere(process=process, aborted=aborted):
                thread = threading.Thread(target=process.AbortGenerateDataOn)
                thread.start()
                thread.join()
                aborted.append(time.monotonic())

            tag = process.AddObserver(event, abort_elsewhere)
            expect_aborted(process)
            assert time.monotonic() - aborted[0] < LATENCY
            process.RemoveObserver(tag)
        expect_usable(process)


def expect_aborted(process):
    try:
        process.Update()
        raise AssertionError(f"{process.GetNameOfClass()} was not aborted.")
    except ProcessAborted as error:
        assert process.GetNameOfClass() in str(error)


def ctrl_c_before_a_filter_of_itk_is_done():
    median = itk.MedianImageFilter.New(make_image(itk.F, 1500, 1500), radius=6)
    process = itk.ColormapImageFilter.New(median, normalization=(0, 1))
    started = []
    median.AddObserver(itk.StartEvent(), lambda: started.append(send(signal.SIGINT, 0.2)))
    try:
        process.Update()
        raise AssertionError("The signal came too late.")
    except KeyboardInterrupt:
        started[0].wait()
        assert 0 < median.GetProgress() < 0.9
        assert process.GetProgress() == 0


def ctrl_c_in_an_update_by_others():
    """An image of ITK's updates itself without our help, and holds Python's lock."""
    process = make_colors(100)
    process.SetNumberOfWorkUnits(1)
    process.UpdateOutputInformation()
    process.AddObserver(itk.StartEvent(), lambda: send(signal.SIGINT, 0.02))
    try:
        try:
            process.GetOutput().Update()
        except RuntimeError as error:
            assert "aborted" in str(error)
            time.sleep(0.1)
        raise AssertionError("There was no KeyboardInterrupt.")
    except KeyboardInterrupt:
        assert process.GetProgress() < 1


def raise_in_an_update_by_others():
    process = make_colors(4)
    seen = []
    sys.unraisablehook = lambda unraisable: seen.append(unraisable.exc_type)
    process.AddObserver(itk.ProgressEvent(), lambda: 1 / 0)
    try:
        process.GetOutput().Update()
        raise AssertionError("Nothing was raised.")
    except RuntimeError as error:
        assert "aborted" in str(error)
    assert set(seen) == {ZeroDivisionError}
    process.RemoveAllObservers()
    expect_usable(process)


def raise_a_keyboard_interrupt_in_an_update_by_others():
    process = make_colors(4)
    process.AddObserver(itk.ProgressEvent(), lambda: signal.raise_signal(signal.SIGINT))
    try:
        try:
            process.GetOutput().Update()
        except RuntimeError:
            time.sleep(0.1)
        raise AssertionError("There was no KeyboardInterrupt.")
    except KeyboardInterrupt:
        pass


def handle_another_signal():
    def raise_timeout(*_):
        raise TimeoutError

    signal.signal(signal.SIGUSR1, raise_timeout)
    stop_by_signal(make_histograms, None, signal.SIGUSR1, TimeoutError)


def other_threads_go_on():
    process = make_histograms(40)
    process.SetNumberOfWorkUnits(1)
    counted = [0]
    ended = threading.Event()

    def count():
        while not ended.is_set():
            counted[0] += 1
            time.sleep(0.0001)

    thread = threading.Thread(target=count)
    at_start = []
    process.AddObserver(itk.StartEvent(), lambda: at_start.append(counted[0]))
    thread.start()
    process.Update()
    ended.set()
    thread.join()
    assert counted[0] > at_start[0] + 10


def update_in_several_threads():
    """One process is updated by one thread at a time; different ones side by side."""
    shared = make_histograms(4)
    others = [itk.ColormapImageFilter.New(shared_input) for shared_input in [make_image(itk.F, 800, 800)] * 4]
    errors = []

    def update(process):
        try:
            for _ in range(5):
                process.Modified()
                process.Update()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=update, args=(process,)) for process in [shared, shared, shared, *others]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    expect_usable(shared)


def update_within_an_update():
    process = make_colors(2)
    process.AddObserver(itk.ProgressEvent(), process.Update)
    try:
        process.Update()
        raise AssertionError("Nothing was raised.")
    except RuntimeError as error:
        assert "within its own update" in str(error)
    process.RemoveAllObservers()
    expect_usable(process)


def depend_on_a_filter_in_python():
    """ITK calls such a filter without taking Python's lock, which must therefore be held."""
    image_type = itk.Image[itk.F, 2]

    def generate(filter):
        output = filter.GetOutput()
        output.SetBufferedRegion(output.GetRequestedRegion())
        output.Allocate()
        itk.array_view_from_image(output, update=False)[...] = sum(range(10))

    in_python = itk.PyImageFilter[image_type, image_type].New(make_image(itk.F, 1000, 1000))
    in_python.SetPyGenerateData(generate)
    in_python.UpdateOutputInformation()  # from which on it knows its own Python object
    process = itk.ColormapImageFilter.New(in_python, normalization=(0, 45))
    process.Update()
    assert (np.asarray(process.GetOutput())[0, 0] == itk.Colormap.New().GetByteTable()[255]).all()

    tag = process.AddObserver(itk.ProgressEvent(), lambda: 1 / 0)
    process.Modified()
    try:
        process.Update()
        raise AssertionError("Nothing was raised.")
    except ZeroDivisionError:
        process.RemoveObserver(tag)
    process.Update()


if __name__ == "__main__":
    PRELUDES[sys.argv[1]]()
    for scenario in sys.argv[2:]:
        globals()[scenario]()
