"""What is asked of Windows for the process that reads, on a system that only writes down what it is asked."""

import ctypes
from types import SimpleNamespace

from organizer.base.apart import windows_job
from organizer.base.apart.windows_job import Job


class Windows:
    def __init__(self, job=77, does=1):
        self.asked, self.limits, self.does = [], None, does
        self.CreateJobObjectW = Creating(job)

    def AssignProcessToJobObject(self, job, process):
        self.asked.append(("assign", job.value, process.value))
        return 1

    def SetInformationJobObject(self, job, sort, limits, size):
        told = limits._obj
        self.limits = (job.value, sort, size, told.flags, told.processes, told.memory_of_each)
        return self.does

    def CloseHandle(self, job):
        self.asked.append(("close", job.value))


class Creating:
    def __init__(self, job):
        self.job = job

    def __call__(self, *_none):
        return self.job


def test_the_process_gets_its_memory_no_company_and_ends_with_us():
    system = Windows()
    job = Job(system, 1234, 1)
    assert job.limit(5_000_000_000)
    assert system.limits == (77, 9, 144, 0x2108, 1, 5_000_000_000)
    job.close()
    job.close()
    assert system.asked == [("assign", 77, 1234), ("close", 77)]


def test_the_structure_is_laid_out_as_in_winnt_h():
    assert ctypes.sizeof(windows_job._Limits) == 144
    offsets = {name: getattr(windows_job._Limits, name).offset for name in ("flags", "processes", "memory_of_each")}
    assert offsets == {"flags": 16, "processes": 40, "memory_of_each": 112}


def test_where_windows_makes_no_job_reading_goes_on():
    job = Job(Windows(job=0), 1234, 1)
    assert not job.limit(1)
    assert not Job(SimpleNamespace(), 1234, 1).limit(1)
