// SPDX-License-Identifier: Apache-2.0
// Included by each submodule: what the wrapped classes have beyond their C++ methods. wrapping/intensitymapping/_wrapped.py
// makes use of it.
%import pyBase.i

// Python is told what was wrong, not in which file and line of C++ it was found out.

%exception {
  try {
    $action
  } catch (const std::out_of_range & e) {
    SWIG_exception_fail(SWIG_IndexError, e.what());
  } catch (const itk::ExceptionObject & e) {
    SWIG_exception_fail(SWIG_RuntimeError, itk::DescribeForPython(e).c_str());
  } catch (const std::exception & e) {
    SWIG_exception_fail(SWIG_RuntimeError, e.what());
  }
}

// Arrays come by the address of their first element.
%extend itkIntensityNormalization
{
  void _ForwardSingle(size_t intensities, size_t normalized, size_t count)
  {
    self->Forward(itk::AtAddress<const float>(intensities), itk::AtAddress<float>(normalized), count);
  }
  void _ForwardDouble(size_t intensities, size_t normalized, size_t count)
  {
    self->Forward(itk::AtAddress<const double>(intensities), itk::AtAddress<double>(normalized), count);
  }
  void _InverseDouble(size_t normalized, size_t intensities, size_t count)
  {
    self->Inverse(itk::AtAddress<const double>(normalized), itk::AtAddress<double>(intensities), count);
  }
}

%extend itkEqualizingNormalization
{
  void _SetCounts(size_t values, size_t countsBelow, size_t numberOfValues)
  {
    const auto * firstValue = itk::AtAddress<const double>(values);
    const auto * firstCount = itk::AtAddress<const itk::SizeValueType>(countsBelow);
    self->SetCounts({ firstValue, firstValue + numberOfValues }, { firstCount, firstCount + numberOfValues + 1 });
  }
  size_t _GetNumberOfValues() const
  {
    return self->GetDistribution()->GetNumberOfValues();
  }
  void _CopyCounts(size_t values, size_t countsBelow) const
  {
    const auto & steps = self->GetDistribution()->GetSteps();
    for (size_t i = 0; i < steps.size(); ++i)
    {
      itk::AtAddress<double>(values)[i] = steps[i].Value;
      itk::AtAddress<itk::SizeValueType>(countsBelow)[i] = steps[i].CountBelow;
    }
  }
}

%extend itkColormap
{
  void _SetTable(const std::vector<double> & components)
  {
    itk::Colormap::TableType table(components.size() / 4);
    for (size_t i = 0; i < table.size(); ++i)
    {
      std::copy_n(components.begin() + 4 * i, 4, table[i].Begin());
    }
    self->SetTable(table);
  }
  std::vector<double> _GetTable() const
  {
    std::vector<double> components;
    for (const auto & color : self->GetTable())
    {
      components.insert(components.end(), color.Begin(), color.End());
    }
    return components;
  }
  void _ForwardSingle(size_t normalized, size_t colors, size_t count)
  {
    self->Forward(itk::AtAddress<const float>(normalized),
                  itk::AtAddress<itk::Colormap::BytesType>(colors),
                  count);
  }
  void _ForwardDouble(size_t normalized, size_t colors, size_t count)
  {
    self->Forward(itk::AtAddress<const double>(normalized),
                  itk::AtAddress<itk::Colormap::BytesType>(colors),
                  count);
  }
  void _InverseDouble(size_t colors, size_t normalized, size_t count)
  {
    self->Inverse(itk::AtAddress<const itk::Colormap::BytesType>(colors),
                  itk::AtAddress<double>(normalized),
                  count);
  }
}

%extend itkHistogramBins
{
  void _ForwardSingle(size_t values, size_t codes, size_t count)
  {
    self->Forward(itk::AtAddress<const float>(values),
                  itk::AtAddress<itk::HistogramBins::CodeType>(codes),
                  count);
  }
  void _ForwardDouble(size_t values, size_t codes, size_t count)
  {
    self->Forward(itk::AtAddress<const double>(values),
                  itk::AtAddress<itk::HistogramBins::CodeType>(codes),
                  count);
  }
  void _InverseDouble(size_t codes, size_t values, size_t count)
  {
    self->Inverse(itk::AtAddress<const itk::HistogramBins::CodeType>(codes),
                  itk::AtAddress<double>(values),
                  count);
  }
}
