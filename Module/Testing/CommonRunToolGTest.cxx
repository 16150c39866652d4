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
#include "RunTool.h"

#include "itkMacro.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>
#include <stdexcept>

using namespace IntensityMapping;

namespace
{
struct Result
{
  int         exitCode;
  std::string message;
};

Result
RunCaptured(const std::function<void()> & function)
{
  ::testing::internal::CaptureStderr();
  const int exitCode = RunTool("Tool", function);
  return { exitCode, ::testing::internal::GetCapturedStderr() };
}
} // namespace

TEST(CommonRunTool, NothingIsSaidOfSuccess)
{
  const Result result = RunCaptured([] {});
  EXPECT_EQ(result.exitCode, EXIT_SUCCESS);
  EXPECT_EQ(result.message, "");
}

TEST(CommonRunTool, WhateverIsThrownIsOneLine)
{
  const Result standard = RunCaptured([] { throw std::runtime_error("This is\nwrong.\n"); });
  EXPECT_EQ(standard.exitCode, EXIT_FAILURE);
  EXPECT_EQ(standard.message, "Tool: error: This is wrong.\n");
  EXPECT_EQ(RunCaptured([] { itkGenericExceptionMacro(<< "This is" << std::endl
                                                      << "wrong."); }).message,
            "Tool: error: This is wrong.\n");
  EXPECT_EQ(RunCaptured([] { throw std::bad_alloc(); }).message.rfind("Tool: error: There is not enough memory", 0),
            0U);
}

TEST(CommonRunTool, TheClassAndTheAddressAreLeftOut)
{
  EXPECT_EQ(CleanMessage("itk::ERROR: ImageFileReader(0x55d0c8a0): Could not\n  read.\n"), "Could not read.");
  EXPECT_EQ(CleanMessage("ITK ERROR: itk::Colormap(0x55d0c8a0): Unknown name 'x'."), "Unknown name 'x'.");
  EXPECT_EQ(CleanMessage("itk::ERROR: It(s) wrong: 5."), "It(s) wrong: 5.");
  EXPECT_EQ(CleanMessage("Plain: as it is."), "Plain: as it is.");
}
