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
#include "itkLearningImageSink.h"

#include "itkAbortLaw.h"
#include "itkRandomImage.h"

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace
{
using ImageType = itk::Image<float, 2>;


/** Counts pixels, and learns nothing but how many there are. */
class CountingSink : public itk::LearningImageSink<ImageType>
{
public:
  using Self = CountingSink;
  using Superclass = itk::LearningImageSink<ImageType>;
  using Pointer = itk::SmartPointer<Self>;
  itkNewMacro(Self);
  itkTypeMacro(CountingSink, LearningImageSink);

  using Superclass::SetNumberOfStreamDivisions;

  bool                            m_Fails{ false };
  unsigned int                    m_TimesLearned{ 0 };
  itk::SizeValueType              m_Learned{ 0 };
  std::atomic<itk::SizeValueType> m_Count{ 0 };

protected:
  void
  ThreadedStreamedGenerateData(const InputRegionType & region) override
  {
    this->ForEachBlock(region,
                       { this->GetInput()->GetBufferedRegion() },
                       [this](const auto &, itk::SizeValueType, itk::SizeValueType count) { m_Count += count; });
  }

  void
  Forget() override
  {
    m_Count = 0;
  }

  void
  Learn() override
  {
    if (m_Fails)
    {
      throw std::runtime_error("There is nothing to learn.");
    }
    ++m_TimesLearned;
    m_Learned = m_Count;
  }
};


CountingSink::Pointer
MakeSink(ImageType * image, unsigned int numberOfPieces)
{
  auto sink = CountingSink::New();
  sink->SetInput(image);
  sink->SetNumberOfStreamDivisions(numberOfPieces);
  return sink;
}
} // namespace


TEST(LearningImageSink, Learns_once_from_all_pixels)
{
  const auto image = itk::MakeRandomImage<ImageType>({ { 300, 400 } }, 0.0, 1.0);
  // Pieces are of unequal sizes.
  for (const unsigned int numberOfPieces : { 1, 7, 30 })
  {
    const auto         sink = MakeSink(image, numberOfPieces);
    std::vector<float> progress;
    sink->AddObserver(itk::ProgressEvent(), [&](const itk::EventObject &) { progress.push_back(sink->GetProgress()); });
    sink->Update();
    EXPECT_EQ(sink->m_TimesLearned, 1u);
    EXPECT_EQ(sink->m_Learned, 120000u);
    EXPECT_TRUE(std::is_sorted(progress.begin(), progress.end()));
    EXPECT_EQ(progress.back(), 1.0F);
  }
}


TEST(LearningImageSink, Holds_to_the_law_of_aborts)
{
  const auto image = itk::MakeRandomImage<ImageType>({ { 1500, 1000 } }, 0.0, 1.0);
  for (const unsigned int numberOfPieces : { 1, 5 })
  {
    SCOPED_TRACE(numberOfPieces);
    itk::AbortLaw::ExpectHolds([&] { return MakeSink(image, numberOfPieces); },
                               [](const auto & sink) { return sink->m_Learned; });
  }
}


TEST(LearningImageSink, Forgets_what_it_read_when_it_fails_and_is_ready_again)
{
  const auto image = itk::MakeRandomImage<ImageType>({ { 30, 40 } }, 0.0, 1.0);
  const auto sink = MakeSink(image, 3);
  sink->m_Fails = true;
  EXPECT_THROW(sink->Update(), std::runtime_error);
  EXPECT_EQ(sink->m_Count, 0u);
  EXPECT_EQ(sink->m_TimesLearned, 0u);

  sink->m_Fails = false;
  sink->Update();
  EXPECT_EQ(sink->m_Learned, 1200u);
}
