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
#include "CommonTesting.h"
#include "ModuleProcessInformation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <sstream>
#include <vector>

#include <dlfcn.h>
#include <sys/wait.h>

using namespace Testing;

namespace
{
struct Result
{
  int         exitCode;
  std::string output;
  std::string error;
};

// Runs the example with arguments in the shell's syntax.
Result
RunExample(const std::string & arguments)
{
  const TemporaryFolder folder;
  const std::string     command =
    "'" EXAMPLE_CLI "' " + arguments + " >'" + (folder / "output") + "' 2>'" + (folder / "error") + "'";
  const int status = std::system(command.c_str());
  return { WIFEXITED(status) ? WEXITSTATUS(status) : -1, ReadBytes(folder / "output"), ReadBytes(folder / "error") };
}

void
ExpectFailure(const std::string & arguments, const std::string & message)
{
  const Result result = RunExample(arguments);
  EXPECT_EQ(result.exitCode, 1) << arguments;
  EXPECT_EQ(result.output, "") << arguments;
  EXPECT_EQ(result.error, "ExampleCLI: error: " + message + "\n") << arguments;
}

bool
Prints(const std::string & arguments, const std::string & line)
{
  const Result result = RunExample(arguments);
  EXPECT_EQ(result.exitCode, 0) << arguments;
  EXPECT_EQ(result.error, "") << arguments;
  return Contains("\n" + result.output, "\n" + line + "\n");
}

const std::string seeHelp = " 'ExampleCLI --help' lists what is allowed.";
} // namespace

TEST(CommonCommandLine, XMLIsTheFileAndNothingElse)
{
  const Result result = RunExample("--xml");
  EXPECT_EQ(result.exitCode, 0);
  EXPECT_EQ(result.output, ReadBytes(EXAMPLE_CLI_XML));
  EXPECT_EQ(ReadBytes(std::filesystem::path(EXAMPLE_CLI).replace_extension(".xml")), result.output);
}

TEST(CommonCommandLine, Version)
{
  EXPECT_TRUE(Prints("--version", "ExampleCLI 1.2.3"));
}

TEST(CommonCommandLine, HelpIsGroupedAndFitsTheTerminal)
{
  const Result result = RunExample("--help");
  EXPECT_EQ(result.exitCode, 0);
  for (const char * part : { "Usage: ExampleCLI [options] outputVolume [inputVolumes...]",
                             "\n\nFiles:\n",
                             "\n\nMapping:\n",
                             "\n\nGeneral:\n",
                             "One of: viridis, magma, gray.",
                             "(default: 256)",
                             "From 1 to 65536." })
  {
    EXPECT_TRUE(Contains(result.output, part)) << part;
  }
  for (const char * part : { "usedMaximum", "processinformationaddress", "NAN", "\n\n\n" })
  {
    EXPECT_FALSE(Contains(result.output, part)) << part;
  }
  std::istringstream lines(result.output);
  for (std::string line; std::getline(lines, line);)
  {
    EXPECT_LE(line.size(), 90U) << line;
  }
}

TEST(CommonCommandLine, Defaults)
{
  EXPECT_EQ(
    RunExample("out.mha").output,
    "outputVolume = out.mha\nminimum = nan\ngamma = 1.5\nbins = 256\ninvert = 0\ncolormap = viridis\ntitle = []\n"
    "inputVolumes =\nmaskFiles =\nedges =\nshape = 3 4\n");
}

TEST(CommonCommandLine, Values)
{
  EXPECT_TRUE(Prints("out --minimum -5", "minimum = -5"));
  EXPECT_TRUE(Prints("out --minimum=-.5", "minimum = -0.5"));
  EXPECT_TRUE(Prints("out -m -1e3", "minimum = -1000"));
  EXPECT_TRUE(Prints("out --minimum -inf", "minimum = -inf"));
  EXPECT_TRUE(Prints("out --minimum +2", "minimum = 2"));
  EXPECT_TRUE(Prints("out --minimum nan", "minimum = nan"));
  EXPECT_TRUE(Prints("out --edges -1,2.5,-inf", "edges = -1 2.5 -inf"));
  EXPECT_TRUE(Prints("--shape 7 out", "shape = 7"));
  EXPECT_TRUE(Prints("out --invert", "invert = 1"));
  EXPECT_TRUE(Prints("out --colormap gray", "colormap = gray"));
  EXPECT_TRUE(Prints("out --bins 2 --bins 3", "bins = 3"));
  EXPECT_TRUE(Prints("out --title 'two words'", "title = [two words]"));
  EXPECT_TRUE(Prints("out --title --bins", "title = [--bins]"));
  EXPECT_TRUE(Prints("out --title= in", "inputVolumes = in"));
  EXPECT_TRUE(Prints("out --title '' in", "inputVolumes = in"));
  EXPECT_TRUE(Prints("out a,b c", "inputVolumes = a b c"));
  EXPECT_TRUE(Prints("out a --bins 3 b", "inputVolumes = a b"));
  EXPECT_TRUE(Prints("out -- -a", "inputVolumes = -a"));
  EXPECT_TRUE(Prints("--mask a --mask b out c", "maskFiles = a b"));
}

TEST(CommonCommandLine, Errors)
{
  ExpectFailure("", "outputVolume is required." + seeHelp);
  ExpectFailure("out --bni 3", "Unknown option '--bni'." + seeHelp);
  ExpectFailure("out --binss=3", "Unknown option '--binss=3': did you mean '--bins'?" + seeHelp);
  ExpectFailure("--minimun 3", "Unknown option '--minimun': did you mean '--minimum'?" + seeHelp);
  ExpectFailure("out --colormap virids",
                "Unknown --colormap 'virids': did you mean viridis? There are: viridis, magma, gray.");
  ExpectFailure("out --bins 0", "--bins: '0' is below 1, the least allowed.");
  ExpectFailure("out --bins 65537", "--bins: '65537' is above 65536, the most allowed.");
  ExpectFailure("out --bins 3.5", "--bins: '3.5' is not a whole number.");
  ExpectFailure("out --bins 99999999999", "--bins: '99999999999' is too large or too small a number.");
  ExpectFailure("out --gamma nan", "--gamma: 'nan' is not a number.");
  ExpectFailure("out --minimum ''", "--minimum: '' is not a number.");
  ExpectFailure("out --edges 1,x", "--edges: 'x' is not a number.");
  ExpectFailure("out --bins", "--bins: 1 required integer missing." + seeHelp);
}

TEST(CommonCommandLine, ReturnParameterFile)
{
  const TemporaryFolder folder;
  EXPECT_EQ(RunExample("out --returnparameterfile '" + (folder / "results") + "'").exitCode, 0);
  EXPECT_EQ(ReadBytes(folder / "results"), "usedMaximum = 4.5\n");
}

TEST(CommonGenerateCLP, DescriptionsThatMakeNoSenseAreErrors)
{
  const TemporaryFolder folder;
  const auto            generate = [&](const std::string & parameters) {
    WriteBytes(folder / "A.xml", "<executable><parameters>" + parameters + "</parameters></executable>");
    const std::string command =
      GENERATE_CLP " '" + (folder / "A.xml") + "' '" + (folder / "ACLP.h") + "' 2>'" + (folder / "error") + "'";
    const bool        failed = std::system(command.c_str()) != 0;
    const std::string error = ReadBytes(folder / "error");
    EXPECT_EQ(failed, std::count(error.begin(), error.end(), '\n') == 1) << error;
    return error;
  };
  const std::string x = "<name>x</name>";
  const std::string flag = x + "<longflag>x</longflag>";
  EXPECT_EQ(generate("<double>" + flag + "</double>"), "");
  EXPECT_TRUE(Contains(generate("<colour>" + flag + "</colour>"), "no such type"));
  EXPECT_TRUE(Contains(generate("<double>" + x + "</double>"), "needs <longflag>"));
  EXPECT_TRUE(Contains(generate("<double><name>1x</name><flag>x</flag></double>"), "no C++ identifier"));
  EXPECT_TRUE(Contains(generate("<double>" + flag + "<default>x</default></double>"), "is not a number"));
  EXPECT_TRUE(Contains(generate("<double>" + flag + "<index>0</index></double>"), "both an <index> and a flag"));
  EXPECT_TRUE(Contains(generate("<double>" + flag + "</double><float>" + flag + "</float>"), "used twice"));
  EXPECT_TRUE(Contains(generate("<double>" + x + "<longflag>help</longflag></double>"), "is taken"));
  EXPECT_TRUE(Contains(generate("<image>" + x + "<index>1</index></image>"), "indices have to be"));
  EXPECT_TRUE(Contains(generate("<boolean>" + flag + "<default>true</default></boolean>"), "off by default"));
  EXPECT_TRUE(Contains(generate("<double>"), "mismatched tag"));
}

// 3D Slicer's own header has the members at these places; a module of another layout would write where it must not.
TEST(CommonCommandLine, ModuleProcessInformationHasTheLayoutOfSlicer)
{
  EXPECT_EQ(offsetof(ModuleProcessInformation, Abort), 0U);
  EXPECT_EQ(offsetof(ModuleProcessInformation, Progress), 4U);
  EXPECT_EQ(offsetof(ModuleProcessInformation, StageProgress), 8U);
  EXPECT_EQ(offsetof(ModuleProcessInformation, ProgressMessage), 12U);
  EXPECT_EQ(offsetof(ModuleProcessInformation, ProgressCallbackFunction), 1040U);
  EXPECT_EQ(offsetof(ModuleProcessInformation, ProgressCallbackClientData), 1048U);
  EXPECT_EQ(offsetof(ModuleProcessInformation, ElapsedTime), 1056U);
  EXPECT_EQ(sizeof(ModuleProcessInformation), 1064U);
}

namespace
{
class CommonSharedLibrary : public ::testing::Test
{
protected:
  using EntryPoint = int (*)(int, char *[]);
  using GetXML = char * (*)();

  void
  SetUp() override
  {
    m_Library.reset(dlopen(EXAMPLE_CLI_LIBRARY, RTLD_NOW | RTLD_LOCAL));
    ASSERT_TRUE(m_Library) << dlerror();
  }

  int
  Call(std::vector<std::string> arguments) const
  {
    std::vector<char *> pointers;
    pointers.reserve(arguments.size());
    for (std::string & argument : arguments)
    {
      pointers.push_back(argument.data());
    }
    const auto entryPoint = reinterpret_cast<EntryPoint>(dlsym(m_Library.get(), "ModuleEntryPoint"));
    return entryPoint(static_cast<int>(pointers.size()), pointers.data());
  }

  static std::string
  AddressOf(const ModuleProcessInformation & information)
  {
    std::ostringstream address;
    address << &information;
    return address.str();
  }

  struct Close
  {
    void
    operator()(void * library) const
    {
      dlclose(library);
    }
  };
  std::unique_ptr<void, Close> m_Library;
};
} // namespace

TEST_F(CommonSharedLibrary, ExportsTheDescription)
{
  const auto getXML = reinterpret_cast<GetXML>(dlsym(m_Library.get(), "GetXMLModuleDescription"));
  ASSERT_NE(getXML, nullptr);
  EXPECT_EQ(getXML(), ReadBytes(EXAMPLE_CLI_XML));
  EXPECT_EQ(static_cast<char *>(dlsym(m_Library.get(), "XMLModuleDescription")), getXML());
  EXPECT_EQ(dlsym(m_Library.get(), "main"), nullptr);
}

TEST_F(CommonSharedLibrary, TellsItsProgress)
{
  std::vector<float>       heard;
  ModuleProcessInformation information;
  information.ProgressCallbackClientData = &heard;
  information.ProgressCallbackFunction = [](void * data) { static_cast<std::vector<float> *>(data)->push_back(0.0F); };
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(this->Call({ "ExampleCLI", "--processinformationaddress", AddressOf(information), "out" }), 0);
  ::testing::internal::GetCapturedStdout();
  EXPECT_GE(heard.size(), 10U);
  EXPECT_EQ(information.Progress, 1.0F);
  EXPECT_STREQ(information.ProgressMessage, "Doing nothing");
}

TEST_F(CommonSharedLibrary, StopsWhenAsked)
{
  ModuleProcessInformation information;
  information.ProgressCallbackClientData = &information;
  information.ProgressCallbackFunction = [](void * data) { static_cast<ModuleProcessInformation *>(data)->Abort = 1; };
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(this->Call({ "ExampleCLI", "--processinformationaddress", AddressOf(information), "out" }), 1);
  ::testing::internal::GetCapturedStdout();
  EXPECT_EQ(::testing::internal::GetCapturedStderr(),
            "ExampleCLI: error: Stopped, as was asked for. Nothing was written.\n");
  EXPECT_LT(information.Progress, 0.5F);
}
