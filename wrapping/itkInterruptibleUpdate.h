/*=========================================================================
 *
 *  Copyright The IntensityMapping Contributors
 *
 *  Licensed under the Apache License, Version 2.0 (the "License");
 *  you may not use this file except in compliance with the License.
 *  You may obtain a copy of the License at
 *
 *         https://www.apache.org/licenses/LICENSE-2.0.txt
 *
 *  Unless required by applicable law or agreed to in writing, software
 *  distributed under the License is distributed on an "AS IS" BASIS,
 *  WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 *  See the License for the specific language governing permissions and
 *  limitations under the License.
 *
 *=========================================================================*/
#ifndef itkInterruptibleUpdate_h
#define itkInterruptibleUpdate_h

#include <Python.h>

#include "itkCommand.h"
#include "itkProcessObject.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <functional>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

/** What Python needs in order to run filters, and to stop them. */
namespace itk
{
/** \class PythonLock
 * \brief Holds Python's global lock while it exists, whether or not this thread held it before.
 */
class PythonLock
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(PythonLock);
  PythonLock() = default;
  ~PythonLock()
  {
    PyGILState_Release(m_State);
  }

private:
  PyGILState_STATE m_State{ PyGILState_Ensure() };
};

/** \class PythonUnlock
 * \brief Gives Python's global lock away while it exists.
 */
class PythonUnlock
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(PythonUnlock);
  PythonUnlock() = default;
  ~PythonUnlock()
  {
    PyEval_RestoreThread(m_State);
  }

private:
  PyThreadState * m_State{ PyEval_SaveThread() };
};

/** \class PythonError
 * \brief An exception of Python's, taken out of Python until it can be raised. Needs Python's lock.
 */
class PythonError
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(PythonError);
  PythonError() = default;
  ~PythonError()
  {
    Py_XDECREF(m_Type);
    Py_XDECREF(m_Value);
    Py_XDECREF(m_Traceback);
  }

  bool
  IsSet() const
  {
    return m_Type != nullptr;
  }

  void
  Fetch()
  {
    PyErr_Fetch(&m_Type, &m_Value, &m_Traceback);
  }

  void
  Restore()
  {
    PyErr_Restore(m_Type, m_Value, m_Traceback);
    m_Type = m_Value = m_Traceback = nullptr;
  }

private:
  PyObject * m_Type{ nullptr };
  PyObject * m_Value{ nullptr };
  PyObject * m_Traceback{ nullptr };
};

/** \class InterruptibleUpdate
 * \brief Updates a process object in a thread of its own, while the thread that asked for it serves Python.
 *
 * Python's lock is given away, so that other threads of Python go on. The thread that asked for the update takes it
 * back now and then, for a moment, to see whether a signal came (Ctrl-C), and whenever an observer written in Python is
 * to be called: observers are called in that thread, as Python's users expect. No exception of Python's enters C++.
 * What is raised by a signal or an observer is kept, the process object and all that it depends on are aborted, and it
 * is raised when they have ended.
 *
 * Updates of pipelines that share a process object wait for each other, as they did while Python's lock was held.
 */
class InterruptibleUpdate
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(InterruptibleUpdate);

  explicit InterruptibleUpdate(ProcessObject * process)
    : m_Process(process)
  {
    this->AddToPipeline(process);
  }

  ~InterruptibleUpdate()
  {
    const std::lock_guard<std::mutex> lock(GetRegister().Mutex);
    auto &                            updates = GetRegister().Updates;
    updates.erase(std::remove(updates.begin(), updates.end(), this), updates.end());
  }

  /** Runs `update`. To be called with Python's lock held. Returns a new reference to True, or to False if the process
   * object was aborted; null with Python's error set; or throws what `update` throws. */
  PyObject *
  Run(const std::function<void()> & update)
  {
    if (!this->WaitForTurn())
    {
      return nullptr;
    }
    if (this->CallsPythonWithoutLock())
    {
      this->Execute(update);
    }
    else
    {
      const PythonUnlock unlock;
      std::thread        thread([&] {
        this->Execute(update);
        const std::lock_guard<std::mutex> lock(m_Mutex);
        m_IsDone = true;
        m_Condition.notify_all();
      });
      this->ServePython();
      thread.join();
    }
    return this->GetResult();
  }

  /** The update that this thread runs; null if it runs none. */
  static InterruptibleUpdate *&
  GetCurrent()
  {
    thread_local InterruptibleUpdate * current = nullptr;
    return current;
  }

  /** Whether the update runs in the thread that asked for it, which then cannot look for signals by itself. */
  bool
  RunsInThreadOfCaller() const
  {
    return m_Caller == std::this_thread::get_id();
  }

  bool
  IsToAbort() const
  {
    return m_IsToAbort;
  }

  /** Has the thread that asked for the update do a task, with Python's lock held, and waits for it. The task says
   * whether it ended without an error of Python's. To be called by the thread that runs the update. */
  void
  CallInPython(const std::function<bool()> & task)
  {
    if (this->RunsInThreadOfCaller())
    {
      this->EnterPython(&task);
      return;
    }
    std::unique_lock<std::mutex> lock(m_Mutex);
    m_Task = &task;
    m_Condition.notify_all();
    m_Condition.wait(lock, [this] { return m_Task == nullptr; });
  }

  /** Aborts the updates of a process object that are running. Once is not enough: a process object forgets that it is
   * to be aborted when it begins to generate its data. */
  static void
  Abort(const ProcessObject * process)
  {
    const std::lock_guard<std::mutex> lock(GetRegister().Mutex);
    for (auto * update : GetRegister().Updates)
    {
      if (update->m_Process == process)
      {
        update->m_IsToAbort = true;
      }
    }
  }

private:
  struct Register
  {
    std::mutex                         Mutex;
    std::vector<InterruptibleUpdate *> Updates;
  };

  static Register &
  GetRegister()
  {
    static Register updates;
    return updates;
  }

  void
  AddToPipeline(ProcessObject * process)
  {
    if (process == nullptr || !m_Pipeline.insert(process).second)
    {
      return;
    }
    for (const auto & input : process->GetInputs())
    {
      if (input.IsNotNull())
      {
        this->AddToPipeline(input->GetSource().GetPointer());
      }
    }
  }

  /** Whether a filter that is written in Python is among those to be updated: ITK calls it without taking Python's
   * lock.
   */
  bool
  CallsPythonWithoutLock() const
  {
    return std::any_of(m_Pipeline.begin(), m_Pipeline.end(), [](const auto & process) {
      return std::strcmp(process->GetNameOfClass(), "PyImageFilter") == 0;
    });
  }

  /** The running update that shares a process object with this one; null if there is none. */
  InterruptibleUpdate *
  FindConflict() const
  {
    const auto & updates = GetRegister().Updates;
    const auto   conflict = std::find_if(updates.begin(), updates.end(), [this](const auto * update) {
      return std::any_of(m_Pipeline.begin(), m_Pipeline.end(), [update](const auto & process) {
        return update->m_Pipeline.count(process) > 0;
      });
    });
    return conflict != updates.end() ? *conflict : nullptr;
  }

  /** Returns false, with Python's error set, if there is no waiting. */
  bool
  WaitForTurn()
  {
    while (true)
    {
      {
        const std::lock_guard<std::mutex> lock(GetRegister().Mutex);
        const auto *                      conflict = this->FindConflict();
        if (conflict == nullptr)
        {
          GetRegister().Updates.push_back(this);
          return true;
        }
        if (conflict->m_Caller == m_Caller)
        {
          PyErr_SetString(PyExc_RuntimeError,
                          "A filter cannot be updated from within its own update: an observer called Update() of a "
                          "filter that is being updated, or that depends on it.");
          return false;
        }
      }
      {
        const PythonUnlock unlock;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
      }
      if (PyErr_CheckSignals() != 0)
      {
        return false;
      }
    }
  }

  void
  Execute(const std::function<void()> & update)
  {
    auto * const outer = GetCurrent();
    GetCurrent() = this;
    try
    {
      update();
    }
    catch (const ProcessAborted &)
    {
      m_IsAborted = true;
    }
    catch (...)
    {
      m_Exception = std::current_exception();
    }
    if (m_IsAborted || m_Exception != nullptr)
    {
      // Else what was being updated would take itself to be so for ever, and do nothing when asked again.
      m_Process->ResetPipeline();
    }
    GetCurrent() = outer;
  }

  void
  ServePython()
  {
    constexpr auto               interval = std::chrono::milliseconds(20);
    std::unique_lock<std::mutex> lock(m_Mutex);
    while (!m_IsDone)
    {
      m_Condition.wait_for(lock, interval, [this] { return m_IsDone || m_Task != nullptr; });
      const auto * task = m_Task;
      lock.unlock();
      this->EnterPython(task);
      lock.lock();
      if (task != nullptr)
      {
        m_Task = nullptr;
        m_Condition.notify_all();
      }
    }
  }

  /** Does a task, if there is one, and lets signals raise what they raise, but for after an error. Sees to aborts. */
  void
  EnterPython(const std::function<bool()> * task)
  {
    if (!m_Error.IsSet())
    {
      const PythonLock lock;
      if ((task != nullptr && !(*task)()) || PyErr_CheckSignals() != 0)
      {
        m_Error.Fetch();
        m_IsToAbort = true;
      }
    }
    if (m_IsToAbort)
    {
      for (const auto & process : m_Pipeline)
      {
        process->AbortGenerateDataOn();
      }
    }
  }

  PyObject *
  GetResult()
  {
    if (m_Error.IsSet())
    {
      m_Error.Restore();
      return nullptr;
    }
    if (m_Exception != nullptr)
    {
      std::rethrow_exception(m_Exception);
    }
    return PyBool_FromLong(!m_IsAborted);
  }

  ProcessObject *                  m_Process;
  std::set<ProcessObject::Pointer> m_Pipeline;
  std::thread::id                  m_Caller{ std::this_thread::get_id() };
  std::atomic<bool>                m_IsToAbort{ false };
  PythonError                      m_Error;

  // What the thread of the update leaves behind.
  bool               m_IsAborted{ false };
  std::exception_ptr m_Exception;

  std::mutex                    m_Mutex;
  std::condition_variable       m_Condition;
  bool                          m_IsDone{ false };
  const std::function<bool()> * m_Task{ nullptr };
};

/** \class PythonObserver
 * \brief Lets Python observe a process object, however it is updated.
 *
 * Within an InterruptibleUpdate, that sees to Python's exceptions. If the process object is updated by other means, for
 * instance by a writer downstream, nobody between here and Python can hand on an exception: it is given to
 * `sys.unraisablehook`, or raised anew as soon as Python goes on if it is a KeyboardInterrupt, and the process object
 * is aborted.
 */
class PythonObserver : public Command
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(PythonObserver);

  using Self = PythonObserver;
  using Superclass = Command;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkFactorylessNewMacro(Self);
  itkTypeMacro(PythonObserver, Command);

  /** What is called at an event; null if only signals are to be looked at. */
  void
  SetCallable(PyObject * callable)
  {
    Py_XINCREF(callable);
    m_Callable = callable;
  }

  /** Calls the callable with the progress, thirty times per second at most and once at the end, rather than without an
   * argument at every event. Of other events it needs to know, too. */
  itkSetMacro(TellsProgress, bool);

  void
  Execute(Object * caller, const EventObject & event) override
  {
    if (m_TellsProgress && !ProgressEvent().CheckEvent(&event))
    {
      m_HasToldEnd = m_HasToldEnd && !StartEvent().CheckEvent(&event);
      return;
    }
    auto * update = InterruptibleUpdate::GetCurrent();
    auto * process = dynamic_cast<ProcessObject *>(caller);
    if (update != nullptr && update->IsToAbort() && process != nullptr)
    {
      process->AbortGenerateDataOn();
    }
    const bool isSeenTo = m_Callable == nullptr && update != nullptr && !update->RunsInThreadOfCaller();
    if (isSeenTo || this->IsTooSoon(process))
    {
      return;
    }
    if (update != nullptr)
    {
      update->CallInPython([this, process] { return this->Call(process); });
    }
    else
    {
      this->CallHere(process);
    }
  }

  void
  Execute(const Object * caller, const EventObject & event) override
  {
    this->Execute(const_cast<Object *>(caller), event);
  }

protected:
  PythonObserver() = default;
  ~PythonObserver() override
  {
    if (m_Callable != nullptr && Py_IsInitialized())
    {
      const PythonLock lock;
      Py_DECREF(m_Callable);
    }
  }

private:
  bool
  IsTooSoon(const ProcessObject * process)
  {
    if (m_Callable != nullptr && !m_TellsProgress)
    {
      return false;
    }
    const auto now = std::chrono::steady_clock::now();
    const bool isAtEnd = m_TellsProgress && process != nullptr && process->GetProgress() >= 1.0F;
    if (isAtEnd ? m_HasToldEnd : now - m_LastCall < std::chrono::milliseconds(33))
    {
      return true;
    }
    m_HasToldEnd = isAtEnd;
    m_LastCall = now;
    return false;
  }

  /** Returns false, with Python's error set, if the callable, or a signal, raised an exception. */
  bool
  Call(const ProcessObject * process)
  {
    if (m_Callable == nullptr)
    {
      return PyErr_CheckSignals() == 0;
    }
    PyObject * result = m_TellsProgress && process != nullptr
                          ? PyObject_CallFunction(m_Callable, "d", static_cast<double>(process->GetProgress()))
                          : PyObject_CallObject(m_Callable, nullptr);
    Py_XDECREF(result);
    return result != nullptr;
  }

  void
  CallHere(ProcessObject * process)
  {
    const PythonLock lock;
    PythonError      before;
    before.Fetch();
    if (!this->Call(process))
    {
      if (PyErr_ExceptionMatches(PyExc_KeyboardInterrupt))
      {
        PyErr_Clear();
        PyErr_SetInterrupt();
      }
      else
      {
        PyErr_WriteUnraisable(m_Callable);
      }
      if (process != nullptr)
      {
        process->AbortGenerateDataOn();
      }
    }
    before.Restore();
  }

  PyObject *                            m_Callable{ nullptr };
  bool                                  m_TellsProgress{ false };
  bool                                  m_HasToldEnd{ false };
  std::chrono::steady_clock::time_point m_LastCall{};
};

/** The following are wrapped for Python. */
inline PyObject *
UpdateInterruptibly(ProcessObject * process)
{
  return InterruptibleUpdate(process).Run([process] { process->Update(); });
}


inline PyObject *
UpdateLargestPossibleRegionInterruptibly(ProcessObject * process)
{
  return InterruptibleUpdate(process).Run([process] { process->UpdateLargestPossibleRegion(); });
}


inline PyObject *
UpdateOutputInformationInterruptibly(ProcessObject * process)
{
  return InterruptibleUpdate(process).Run([process] { process->UpdateOutputInformation(); });
}


/** Aborts an update that is running, whatever in its pipeline is at work. */
inline void
AbortUpdate(ProcessObject * process)
{
  InterruptibleUpdate::Abort(process);
  process->AbortGenerateDataOn();
}


/** Has `callable()` called at an event, and returns the observer's tag. */
inline unsigned long
AddPythonObserver(ProcessObject * process, const EventObject & event, PyObject * callable)
{
  const auto observer = PythonObserver::New();
  observer->SetCallable(callable);
  return process->AddObserver(event, observer);
}


/** Has `callable(progress)` called as the process object goes on, and returns the observer's tag. */
inline unsigned long
AddPythonProgressObserver(ProcessObject * process, PyObject * callable)
{
  const auto observer = PythonObserver::New();
  observer->SetCallable(callable);
  observer->SetTellsProgress(true);
  return process->AddObserver(AnyEvent(), observer);
}


/** An output of whatever type. */
inline DataObject *
GetIndexedOutput(ProcessObject * process, unsigned int index)
{
  return process->GetIndexedOutputs().at(index);
}


/** Has signals, such as Ctrl-C, looked at while something else, for instance a writer downstream, has the process
 * object updated. */
inline unsigned long
AddPythonSignalObserver(ProcessObject * process)
{
  return process->AddObserver(ProgressEvent(), PythonObserver::New());
}
} // namespace itk

#endif
