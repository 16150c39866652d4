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
#include "CommandLine.h"

#include "itkNearNames.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <iomanip>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <type_traits>

namespace IntensityMapping
{
namespace
{
constexpr std::size_t nameColumnWidth = 30;
constexpr std::size_t pageWidth = 90;

// Breaks a text into lines of at most `width` letters, between words.
std::string
Wrap(const std::string & text, std::size_t width)
{
  std::istringstream words(text);
  std::string        page;
  std::size_t        length = 0;
  for (std::string word; words >> word; length += word.size())
  {
    if (length > 0)
    {
      const bool fits = length + 1 + word.size() <= width;
      page += fits ? ' ' : '\n';
      length = fits ? length + 1 : 0;
    }
    page += word;
  }
  return page;
}

std::string
Join(const std::vector<std::string> & texts, const std::string & separator)
{
  return CLI::detail::join(texts, separator);
}

std::string
FormatNumber(double value)
{
  std::ostringstream text;
  text << std::setprecision(std::numeric_limits<double>::digits10) << value;
  return text.str();
}

class HelpFormatter : public CLI::Formatter
{
public:
  HelpFormatter()
  {
    this->column_width(nameColumnWidth);
    this->label("Positionals", "Arguments");
    this->label("OPTIONS", "options");
  }

  std::string
  make_option_opts(const CLI::Option * option) const override
  {
    const std::string type = option->get_type_name();
    return option->get_positional() || option->get_items_expected_max() == 0 || type.empty() ? "" : " <" + type + ">";
  }

  std::string
  make_option_desc(const CLI::Option * option) const override
  {
    return Wrap(option->get_description(), pageWidth - nameColumnWidth);
  }

  std::string
  make_help(const CLI::App * app, std::string name, CLI::AppFormatMode mode) const override
  {
    return CLI::detail::find_and_replace(CLI::Formatter::make_help(app, std::move(name), mode), "\n\n\n", "\n\n");
  }

  std::string
  make_description(const CLI::App * app) const override
  {
    return Wrap(app->get_description(), pageWidth) + "\n\n";
  }
};

// The description as the help shows it: with what is allowed, and the default.
std::string
DescribeParameter(const CommandLine::Parameter & parameter)
{
  std::string description = parameter.description;
  if (!parameter.choices.empty())
  {
    description += " One of: " + Join(parameter.choices, ", ") + ".";
  }
  const bool hasMinimum = parameter.minimum > -std::numeric_limits<double>::infinity();
  const bool hasMaximum = parameter.maximum < std::numeric_limits<double>::infinity();
  if (hasMinimum && hasMaximum)
  {
    description += " From " + FormatNumber(parameter.minimum) + " to " + FormatNumber(parameter.maximum) + ".";
  }
  else if (hasMinimum)
  {
    description += " At least " + FormatNumber(parameter.minimum) + ".";
  }
  else if (hasMaximum)
  {
    description += " At most " + FormatNumber(parameter.maximum) + ".";
  }
  if (parameter.multiple && !(parameter.flag.empty() && parameter.longFlag.empty()))
  {
    description += " May be given several times.";
  }
  if (!parameter.defaultText.empty())
  {
    description += " (default: " + parameter.defaultText + ")";
  }
  return description;
}

// What an error message calls a parameter.
std::string
CallName(const CommandLine::Parameter & parameter)
{
  return !parameter.longFlag.empty() ? "--" + parameter.longFlag
         : !parameter.flag.empty()   ? "-" + parameter.flag
                                     : parameter.name;
}

void
VerifyChoice(const std::string & text, const CommandLine::Parameter & parameter)
{
  const auto & choices = parameter.choices;
  if (!choices.empty() && std::find(choices.begin(), choices.end(), text) == choices.end())
  {
    throw std::runtime_error(itk::DescribeUnknownName(CallName(parameter), text, choices));
  }
}

void
Convert(const std::string & text, const CommandLine::Parameter & parameter, std::string & value)
{
  VerifyChoice(text, parameter);
  value = text;
}

template <typename T>
std::enable_if_t<std::is_arithmetic_v<T>>
Convert(const std::string & text, const CommandLine::Parameter & parameter, T & value)
{
  VerifyChoice(text, parameter);
  const char * const first = text.data() + (text.size() > 1 && text[0] == '+' ? 1 : 0);
  const char * const last = text.data() + text.size();
  const auto         result = std::from_chars(first, last, value);
  const std::string  given = CallName(parameter) + ": '" + text + "' is ";
  if (result.ec == std::errc::result_out_of_range)
  {
    throw std::runtime_error(given + "too large or too small a number.");
  }
  const bool isLimited = !std::isinf(parameter.minimum) || !std::isinf(parameter.maximum);
  if (result.ec != std::errc() || result.ptr != last || (isLimited && std::isnan(static_cast<double>(value))))
  {
    throw std::runtime_error(given + (std::is_integral_v<T> ? "not a whole number." : "not a number."));
  }
  if (value < parameter.minimum)
  {
    throw std::runtime_error(given + "below " + FormatNumber(parameter.minimum) + ", the least allowed.");
  }
  if (value > parameter.maximum)
  {
    throw std::runtime_error(given + "above " + FormatNumber(parameter.maximum) + ", the most allowed.");
  }
}

template <typename T>
void
Convert(const std::string & text, const CommandLine::Parameter & parameter, std::vector<T> & values)
{
  values.clear();
  for (const std::string & element : CLI::detail::split(text, ','))
  {
    if (!element.empty())
    {
      Convert(element, parameter, values.emplace_back());
    }
  }
}

template <typename T>
void
Append(std::vector<T> & values, std::vector<T> && more)
{
  values.insert(values.end(), more.begin(), more.end());
}

template <typename T>
void
Append(std::vector<std::vector<T>> & values, std::vector<T> && more)
{
  values.push_back(std::move(more));
}

template <typename T>
struct ElementOf
{
  using Type = T;
};

template <typename T>
struct ElementOf<std::vector<T>>
{
  using Type = typename ElementOf<T>::Type;
};

template <typename T>
void
Assign(T & variable, const std::vector<std::string> & texts, const CommandLine::Parameter & parameter)
{
  if (!parameter.multiple)
  {
    Convert(texts.back(), parameter, variable);
    return;
  }
  if constexpr (!std::is_same_v<T, typename ElementOf<T>::Type>)
  {
    variable.clear();
    for (const std::string & text : texts)
    {
      std::vector<typename ElementOf<T>::Type> values;
      Convert(text, parameter, values);
      Append(variable, std::move(values));
    }
  }
}
} // namespace

struct CommandLine::Implementation
{
  Implementation(std::string programName, const std::string & description)
    : name(std::move(programName))
    , app(description, name)
  {}

  std::string name;
  std::string version;
  std::string xml;
  std::string group;
  CLI::App    app;
};

CommandLine::CommandLine(std::string name, const std::string & description, std::string version, std::string xml)
  : m_Implementation(std::make_unique<Implementation>(std::move(name), description))
{
  m_Implementation->version = std::move(version);
  m_Implementation->xml = std::move(xml);
  CLI::App & app = m_Implementation->app;
  app.formatter(std::make_shared<HelpFormatter>());
  app.allow_extras();
  // Help is added last, to be listed last.
  app.set_help_flag();
}

CommandLine::~CommandLine() = default;

void
CommandLine::BeginGroup(const std::string & label)
{
  m_Implementation->group = label;
}

namespace
{
std::string
OptionNames(const CommandLine::Parameter & parameter)
{
  std::vector<std::string> names;
  if (!parameter.flag.empty())
  {
    names.push_back("-" + parameter.flag);
  }
  if (!parameter.longFlag.empty())
  {
    names.push_back("--" + parameter.longFlag);
  }
  return names.empty() ? parameter.name : Join(names, ",");
}
} // namespace

void
CommandLine::Add(bool & variable, const Parameter & parameter)
{
  m_Implementation->app
    .add_flag_callback(
      OptionNames(parameter), [&variable] { variable = true; }, DescribeParameter(parameter))
    ->group(m_Implementation->group);
}

void
CommandLine::AddTexts(const Parameter & parameter, std::function<void(const Texts &)> assign)
{
  const auto callback = [assign = std::move(assign)](const Texts & texts) {
    assign(texts);
    return true;
  };
  CLI::Option * const option =
    m_Implementation->app.add_option(OptionNames(parameter), callback, DescribeParameter(parameter));
  option->group(m_Implementation->group)->type_name(parameter.type);
  if (!parameter.multiple)
  {
    option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)->required(option->get_positional());
  }
  else
  {
    option->expected(1, CLI::detail::expected_max_vector_size)->allow_extra_args(option->get_positional());
  }
}

template <typename T>
void
CommandLine::Add(T & variable, const Parameter & parameter)
{
  this->AddTexts(parameter, [&variable, parameter](const Texts & texts) { Assign(variable, texts, parameter); });
}

template void
CommandLine::Add(std::string &, const Parameter &);
template void
CommandLine::Add(int &, const Parameter &);
template void
CommandLine::Add(float &, const Parameter &);
template void
CommandLine::Add(double &, const Parameter &);
template void
CommandLine::Add(std::vector<std::string> &, const Parameter &);
template void
CommandLine::Add(std::vector<int> &, const Parameter &);
template void
CommandLine::Add(std::vector<float> &, const Parameter &);
template void
CommandLine::Add(std::vector<double> &, const Parameter &);
template void
CommandLine::Add(std::vector<std::vector<std::string>> &, const Parameter &);
template void
CommandLine::Add(std::vector<std::vector<int>> &, const Parameter &);
template void
CommandLine::Add(std::vector<std::vector<float>> &, const Parameter &);
template void
CommandLine::Add(std::vector<std::vector<double>> &, const Parameter &);

void
CommandLine::AddGeneralOptions()
{
  CLI::App & app = m_Implementation->app;
  app.set_help_flag("-h,--help", "Print this help and exit.")->group("General");
  app.set_version_flag("--version", m_Implementation->name + " " + m_Implementation->version)
    ->description("Print the version and exit.")
    ->group("General");
  app.add_flag("--xml", "Print the description that 3D Slicer reads and exit. Has to come first.")->group("General");
  this->BeginGroup("General");
  this->Add(returnParameterFile,
            { "returnParameterFile",
              "",
              "returnparameterfile",
              "file",
              "Write the results that are simple values into this file, as 'name = value' lines.",
              "",
              {} });
  // An empty group hides an option from the help: this one is of use to 3D Slicer only.
  this->BeginGroup("");
  this->AddTexts({ "CLPProcessInformation", "", "processinformationaddress", "address", "", "", {} },
                 [this](const Texts & texts) {
                   void * address = nullptr;
                   std::sscanf(texts.back().c_str(), "%p", &address);
                   processInformation = static_cast<ModuleProcessInformation *>(address);
                 });
}

std::string
CommandLine::DescribeExtra(const std::string & argument) const
{
  if (argument.size() < 2 || argument[0] != '-')
  {
    return "'" + argument + "' is one argument too many.";
  }
  std::vector<std::string> names;
  for (const CLI::Option * option : m_Implementation->app.get_options())
  {
    for (const std::string & name : option->get_lnames())
    {
      names.push_back(name);
    }
  }
  // Compared without their hyphens, which would make all of them look alike.
  std::string name = argument.substr(0, argument.find('='));
  name = CLI::detail::ltrim(name, "-");
  const auto near = itk::GetNearNames(name, names);
  return "Unknown option '" + argument + "'" +
         (near.empty() ? "." : ": did you mean '--" + Join(near, "' or '--") + "'?");
}

namespace
{
// The arguments, last first, as CLI11 takes them. CLI11 would give "--option=" the argument that follows as its value.
std::vector<std::string>
SplitEmptyValues(int argc, char * argv[])
{
  std::vector<std::string> arguments;
  for (int i = argc - 1; i > 0; --i)
  {
    std::string argument = argv[i];
    if (argument.size() > 3 && argument.compare(0, 2, "--") == 0 && argument.find('=') == argument.size() - 1)
    {
      arguments.emplace_back();
      argument.pop_back();
    }
    arguments.push_back(argument);
  }
  return arguments;
}
} // namespace

std::optional<int>
CommandLine::Parse(int argc, char * argv[])
{
  if (argc > 1 && std::string(argv[1]) == "--xml")
  {
    std::cout << m_Implementation->xml;
    return EXIT_SUCCESS;
  }
  this->AddGeneralOptions();
  CLI::App &  app = m_Implementation->app;
  std::string failure;
  try
  {
    app.parse(SplitEmptyValues(argc, argv));
  }
  catch (const CLI::Success & success)
  {
    return app.exit(success);
  }
  catch (const CLI::ParseError & error)
  {
    failure = error.what() + std::string(".");
  }
  catch (const std::runtime_error & error)
  {
    return this->Fail(error.what());
  }
  // A mistyped option is the likelier cause of whatever else is wrong.
  for (const std::string & extra : app.remaining())
  {
    if (extra != "--")
    {
      failure = this->DescribeExtra(extra);
      break;
    }
  }
  return failure.empty() ? std::nullopt
                         : this->Fail(failure + " '" + m_Implementation->name + " --help' lists what is allowed.");
}

std::optional<int>
CommandLine::Fail(const std::string & failure) const
{
  std::cerr << m_Implementation->name << ": error: " << failure << std::endl;
  return EXIT_FAILURE;
}
} // namespace IntensityMapping
