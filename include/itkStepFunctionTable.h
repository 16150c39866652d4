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
#ifndef itkStepFunctionTable_h
#define itkStepFunctionTable_h

#include "itkIntTypes.h"
#include "IntensityMappingExport.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <type_traits>
#include <vector>

namespace itk
{
/** \class StepFunctionTable
 * \brief A function of a real number that has few values, each of them for an interval of numbers, as a table.
 *
 * Such as the index of a colour through a normalization and a colormap: however the normalization is computed, the
 * numbers at which the index changes, its steps, say all of it. They are found by bisection of the floating-point
 * numbers themselves, so that the table gives the very values of the function, at less than its cost.
 *
 * The floating-point numbers, in their order, are cut into equal buckets, of which each knows how many steps are before
 * it; a few comparisons with those within say the rest.
 *
 * TReal is float or double.
 *
 * \ingroup IntensityMapping
 */
template <typename TReal>
class IntensityMapping_EXPORT StepFunctionTable
{
public:
  using FunctionType = std::function<void(const TReal * numbers, std::uint32_t * values, SizeValueType count)>;
  using ValuesType = std::vector<std::uint32_t>;

  /** Tabulates a function. From each of `landmarks` to the next, and from the last to infinity, it may return to no
   * value that it has left. Null if it does so next to a step, has more than MaximumNumberOfSteps, or steps that are
   * too close for a table. */
  static std::unique_ptr<const StepFunctionTable>
  Make(const FunctionType & function, const std::vector<TReal> & landmarks);

  static constexpr SizeValueType MaximumNumberOfSteps = 65535;

  /** In which interval each number is: which of GetValues() the function has. */
  void
  Find(const TReal * numbers, std::uint32_t * intervals, SizeValueType count) const;

  /** The values of the intervals, in the order of numbers, and last that of NaN. */
  const ValuesType &
  GetValues() const
  {
    return m_Values;
  }

private:
  /** Stands for a number such that keys are in the order of the numbers. */
  using KeyType = std::conditional_t<sizeof(TReal) == 4, std::uint32_t, std::uint64_t>;
  using KeysType = std::vector<KeyType>;

  static constexpr SizeValueType MaximumNumberOfBuckets = SizeValueType{ 1 } << 15;

  static ValuesType
  Evaluate(const FunctionType & function, const KeysType & keys);

  /** The first number of each interval but the first; none if there are too many. */
  static KeysType
  FindSteps(const FunctionType & function, const std::vector<TReal> & landmarks);

  StepFunctionTable(const FunctionType & function, const KeysType & steps);

  void
  FillBuckets(const KeysType & steps);

  /** Whether the table agrees with the function on either side of each step. */
  bool
  AgreesWith(const FunctionType & function) const;

  ValuesType                m_Values;
  KeysType                  m_Steps;
  std::vector<std::int32_t> m_StepsBeforeBuckets;
  unsigned int              m_Shift{ 0 };
  std::int32_t              m_MostStepsOfABucket{ 0 };
};
} // namespace itk

#endif
