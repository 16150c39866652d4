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
#ifndef itkColormapIdentificationImageSink_hxx
#define itkColormapIdentificationImageSink_hxx

#include "itkColormapIdentificationImageSink.h"

#include "itkWorkUnitProgress.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>

namespace itk
{
template <typename TInputImage>
ColormapIdentificationImageSink<TInputImage>::ColormapIdentificationImageSink()
{
  this->SetNumberOfRequiredOutputs(1);
  this->SetNthOutput(0, this->MakeOutput(0));
  // Each name is followed by its reversed form.
  const auto               names = Colormap::GetNames();
  std::vector<std::string> candidates;
  for (std::size_t i = 0; i < names.size(); i += 2)
  {
    candidates.push_back(names[i]);
  }
  this->SetCandidates(candidates);
}


template <typename TInputImage>
DataObject::Pointer
ColormapIdentificationImageSink<TInputImage>::MakeOutput(DataObjectPointerArraySizeType)
{
  return Colormap::New().GetPointer();
}


template <typename TInputImage>
void
ColormapIdentificationImageSink<TInputImage>::SetCandidates(const std::vector<std::string> & names)
{
  std::vector<Candidate> candidates;
  for (const auto & name : names)
  {
    candidates.push_back({ name, Colormap::New() });
    candidates.back().m_Colormap->SetName(name);
  }
  m_Candidates = std::move(candidates);
  this->Modified();
}


template <typename TInputImage>
void
ColormapIdentificationImageSink<TInputImage>::AddCandidate(const std::string & name, const Colormap * colormap)
{
  if (name.empty() || colormap == nullptr)
  {
    itkExceptionMacro("A candidate has " << (name.empty() ? "no name" : "no colormap")
                                         << ": give both, a name to be told by and a colormap to compare with.");
  }
  m_Candidates.erase(std::remove_if(m_Candidates.begin(),
                                    m_Candidates.end(),
                                    [&](const auto & candidate) { return candidate.m_Name == name; }),
                     m_Candidates.end());
  m_Candidates.push_back({ name, Colormap::New() });
  m_Candidates.back().m_Colormap->SetTable(colormap->GetTable());
  this->Modified();
}


template <typename TInputImage>
std::vector<std::string>
ColormapIdentificationImageSink<TInputImage>::GetCandidates() const
{
  std::vector<std::string> names;
  std::transform(m_Candidates.begin(), m_Candidates.end(), std::back_inserter(names), [](const auto & candidate) {
    return candidate.m_Name;
  });
  return names;
}


template <typename TInputImage>
Colormap *
ColormapIdentificationImageSink<TInputImage>::GetColormap()
{
  return static_cast<Colormap *>(this->ProcessObject::GetOutput(0));
}


template <typename TInputImage>
template <typename TValue>
std::vector<TValue>
ColormapIdentificationImageSink<TInputImage>::GetFromRanking(TValue ColormapFit::*member) const
{
  std::vector<TValue> values;
  std::transform(m_Ranking.begin(), m_Ranking.end(), std::back_inserter(values), std::mem_fn(member));
  return values;
}


template <typename TInputImage>
std::vector<std::string>
ColormapIdentificationImageSink<TInputImage>::GetRankedNames() const
{
  return this->GetFromRanking(&ColormapFit::Name);
}


template <typename TInputImage>
std::vector<SizeValueType>
ColormapIdentificationImageSink<TInputImage>::GetRanks() const
{
  return this->GetFromRanking(&ColormapFit::Rank);
}


template <typename TInputImage>
std::vector<double>
ColormapIdentificationImageSink<TInputImage>::GetMeanDistances() const
{
  return this->GetFromRanking(&ColormapFit::MeanDistance);
}


template <typename TInputImage>
std::vector<double>
ColormapIdentificationImageSink<TInputImage>::GetExplainedFractions() const
{
  return this->GetFromRanking(&ColormapFit::ExplainedFraction);
}


template <typename TInputImage>
void
ColormapIdentificationImageSink<TInputImage>::VerifyPreconditions() const
{
  Superclass::VerifyPreconditions();
  if (m_Candidates.empty())
  {
    itkExceptionMacro("There is no colormap to compare the picture with: give candidates by SetCandidates() or "
                      "AddCandidate().");
  }
  if (!(m_MaximumDistance > 0.0) || !std::isfinite(m_MaximumDistance))
  {
    itkExceptionMacro("MaximumDistance is " << m_MaximumDistance << ": it must be above 0 and finite.");
  }
  if (!(m_Tolerance >= 0.0))
  {
    itkExceptionMacro("Tolerance is " << m_Tolerance << ": it must be at least 0.");
  }
}


template <typename TInputImage>
void
ColormapIdentificationImageSink<TInputImage>::ThreadedStreamedGenerateData(const InputRegionType & region)
{
  const InputImageType * input = this->GetInput();
  // Reading and ranking are taken for half of the work each.
  constexpr SizeValueType parts = 2;
  ColorCounts             counts;
  this->ForEachBlock(
    region,
    { input->GetBufferedRegion() },
    [&](const auto & index, SizeValueType start, SizeValueType count) {
      const auto * pixels = input->GetBufferPointer() + input->ComputeOffset(index) + start;
      counts.Count(pixels->GetDataPointer(), InputPixelType::Length, count);
    },
    parts);
  const std::lock_guard<std::mutex> lock(m_Mutex);
  m_Counts.Merge(counts);
}


template <typename TInputImage>
void
ColormapIdentificationImageSink<TInputImage>::Forget()
{
  m_Counts = {};
  m_Ranking.clear();
  m_NumberOfPixels = 0;
}


template <typename TInputImage>
void
ColormapIdentificationImageSink<TInputImage>::Learn()
{
  auto       colors = m_Counts.GetCountedColors();
  const auto numberOfPixels = colors.NumberOfPixels;
  if (numberOfPixels == 0)
  {
    itkExceptionMacro("All " << m_Counts.GetNumberOfTransparentPixels()
                             << " pixels are wholly transparent: nothing is to be seen of a colormap. Give a picture "
                                "with an opacity above 0, or without opacity.");
  }
  m_Counts = {};
  m_Ranking = this->Rank(std::move(colors));
  m_NumberOfPixels = numberOfPixels;
  this->SetBest(m_Ranking.front().Name);
}


template <typename TInputImage>
typename ColormapIdentificationImageSink<TInputImage>::RankingType
ColormapIdentificationImageSink<TInputImage>::Rank(CountedColors colors)
{
  const ColormapIdentification identification(std::move(colors), m_MaximumDistance, m_Tolerance);
  const auto                   share = 0.5F / static_cast<float>(m_Candidates.size());
  RankingType                  ranking(m_Candidates.size());
  this->GetMultiThreader()->ParallelizeArray(
    0,
    m_Candidates.size(),
    [&](SizeValueType i) {
      if (!this->GetAbortGenerateData())
      {
        ranking[i] = identification.Fit(m_Candidates[i].m_Name, *m_Candidates[i].m_Colormap);
        this->ReportProgress(share);
      }
    },
    nullptr);
  ThrowIfAborted(*this);
  ColormapIdentification::Rank(ranking);
  return ranking;
}


template <typename TInputImage>
void
ColormapIdentificationImageSink<TInputImage>::SetBest(const std::string & name)
{
  const auto best = std::find_if(
    m_Candidates.begin(), m_Candidates.end(), [&](const auto & candidate) { return candidate.m_Name == name; });
  const std::string nameOfTable = best->m_Colormap->GetName();
  if (nameOfTable.empty())
  {
    this->GetColormap()->SetTable(best->m_Colormap->GetTable());
  }
  else
  {
    this->GetColormap()->SetName(nameOfTable);
  }
}


template <typename TInputImage>
void
ColormapIdentificationImageSink<TInputImage>::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "Candidates: " << m_Candidates.size() << std::endl;
  os << indent << "MaximumDistance: " << m_MaximumDistance << std::endl;
  os << indent << "Tolerance: " << m_Tolerance << std::endl;
  os << indent << "NumberOfPixels: " << m_NumberOfPixels << std::endl;
  for (const auto & fit : m_Ranking)
  {
    os << indent << "Rank " << fit.Rank << ": " << fit.Name << ", mean distance " << fit.MeanDistance << ", explains "
       << fit.ExplainedFraction << std::endl;
  }
}
} // namespace itk

#endif
