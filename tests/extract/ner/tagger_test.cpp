#include "extract/ner/tagger.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "extract/ner/tagger_corpus.h"
#include "extract/ner/tagger_model.h"
#include "extract/ner/tagger_trainer.h"
#include "tests/temp_folder.h"

using namespace tupu;
using namespace tupu::extract;

namespace {

// Files of one test case, gone after it.
class Files {
 public:
  ~Files() { std::filesystem::remove_all(path_); }
  std::filesystem::path Write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return path_ / name;
  }
  std::filesystem::path At(const std::string& name) const { return path_ / name; }
  std::string Read(const std::string& name) const {
    std::ifstream in(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }

 private:
  std::filesystem::path path_ = MakeTempFolder();
};

struct Piece {
  std::string text;
  std::string label;  // empty: outside
};

std::string Bio(const std::vector<Piece>& pieces) {
  std::string out;
  for (const Piece& piece : pieces) {
    for (std::size_t i = 0; i < piece.text.size(); i += 3) {  // Chinese characters only
      out += piece.text.substr(i, 3);
      out += piece.label.empty() ? " O" : (i == 0 ? " B-" : " I-") + piece.label;
      out += "\n";
    }
  }
  return out + "\n";
}

// The i-th of a list of names, each made of other characters than its neighbours.
std::string Pick(std::string_view characters, std::size_t i) {
  return std::string(characters.substr(i % (characters.size() / 3) * 3, 3));
}
std::string Person(std::size_t i) {
  return Pick("王李张陈刘赵周吴徐孙马朱胡郭何", i) +
         Pick("晓建海思玉国文德丽志春立少雪美", i / 2 + 3) +
         Pick("梅军涛远兰强静明娜刚燕新华峰玲", i / 3 + 7);
}
std::string Firm(std::size_t i) {
  return Pick("远恒晨瑞金蓝宏天云鼎海星智泰长", i / 2 + 5) +
         Pick("帆岳曦禾穗鲸图枢杉丰棠河汇和青", i) + "科技有限公司";
}

// People say things, firms build things.
std::string News(std::size_t from, std::size_t to) {
  std::string out;
  for (std::size_t i = from; i < to; ++i) {
    const Piece person = {Person(i), "Person"};
    const Piece firm = {Firm(i), "Company"};
    switch (i % 4) {
      case 0:
        out += Bio({firm, {"董事长", ""}, person, {"表示，项目明年投产。", ""}});
        break;
      case 1:
        out += Bio({{"据记者", ""}, person, {"报道，", ""}, firm, {"在当地建设工厂。", ""}});
        break;
      case 2:
        out += Bio({{"昨日，", ""}, firm, {"宣布，由", ""}, person, {"出任总经理。", ""}});
        break;
      default:
        out += Bio({{"各地加快复工复产，就业稳定。", ""}});
        break;
    }
  }
  return out;
}

TrainOptions Quick() {
  TrainOptions options;
  options.epochs = 8;
  options.wide = true;
  return options;
}

tagger::Corpus Parsed(const std::string& text) {
  auto corpus = tagger::ParseCorpus(text, "t.bio");
  REQUIRE(corpus.ok());
  return std::move(*corpus);
}

std::vector<std::string> Spans(const tagger::Corpus& corpus) {
  std::vector<std::string> out;
  for (const auto& sent : corpus.sentences) {
    for (const auto& span : sent.spans) {
      out.push_back(std::to_string(span.begin) + "-" + std::to_string(span.end) + "/" +
                    corpus.labels[span.label]);
    }
  }
  return out;
}

std::vector<std::string> Forms(const Tagger& tagger, const std::string& sentence,
                               const Clues& clues = {}) {
  std::vector<std::string> out;
  for (const TaggedSpan& span : tagger.Tag(sentence, clues)) {
    out.push_back(std::string(Slice(sentence, span.span)) + "/" + std::string(span.label));
  }
  return out;
}

}  // namespace

TEST_CASE("a malformed line is named by file and number") {
  struct Case {
    const char* name;
    const char* text;
    const char* where;
    const char* what;
  };
  const Case cases[] = {
      {"no label", "王 B-PER\n晓\n", "t.bio:2", "expected one character"},
      {"two characters", "王晓 B-PER\n", "t.bio:1", "expected one character"},
      {"unknown prefix", "王 X-PER\n", "t.bio:1", "expected the label O"},
      {"prefix alone", "王 B-\n", "t.bio:1", "expected the label O"},
      {"three fields", "王 B-PER x\n", "t.bio:1", "expected the label O"},
      {"not UTF-8", "王 O\n\n\xff O\n", "t.bio:3", "not UTF-8"},
      {"compressed",
       "\xfd"
       "7zXZ\n",
       "t.bio:1", "not UTF-8"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    auto corpus = tagger::ParseCorpus(c.text, "t.bio");
    REQUIRE_FALSE(corpus.ok());
    CHECK(corpus.error().code == ErrorCode::kInvalidInput);
    CHECK(corpus.error().where == c.where);
    CHECK(corpus.error().message.find(c.what) != std::string::npos);
  }
}

TEST_CASE("labelled sentences in the forms that people use") {
  struct Case {
    const char* name;
    const char* text;
    std::vector<std::string> spans;  // begin-end/label, of all sentences
    std::size_t sentences;
  };
  const Case cases[] = {
      {"BIO, tab", "王\tB-PER\n莉\tI-PER\n说\tO\n", {"0-2/PER"}, 1},
      {"BMES, space", "上 B-LOC\n海 E-LOC\n京 S-LOC\n", {"0-2/LOC", "2-3/LOC"}, 1},
      {"two that touch", "王 B-PER\n莉 I-PER\n李 B-PER\n明 I-PER\n", {"0-2/PER", "2-4/PER"}, 1},
      {"inside without a beginning", "的 O\n王 I-PER\n莉 I-PER\n", {"1-3/PER"}, 1},
      {"another label goes on", "上 B-LOC\n海 I-ORG\n", {"0-1/LOC", "1-2/ORG"}, 1},
      {"empty lines between", "\n\n王 S-PER\n\n\n说 O\n\n", {"0-1/PER"}, 2},
      {"carriage returns", "王 B-PER\r\n莉 I-PER\r\n\r\n说 O\r\n", {"0-2/PER"}, 2},
      {"a space as the character", "王 B-PER\n  O\n说 O\n", {"0-1/PER"}, 1},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    auto corpus = tagger::ParseCorpus(c.text, "t.bio");
    REQUIRE(corpus.ok());
    CHECK(corpus->sentences.size() == c.sentences);
    CHECK(Spans(*corpus) == c.spans);
  }
}

TEST_CASE("what cannot be trained on or loaded") {
  Files files;
  std::vector<std::filesystem::path> none = {files.At("none.bio")};
  CHECK(tagger::ReadCorpus(none).error().code == ErrorCode::kIo);
  CHECK(TrainTagger(Parsed("好 O\n"), files.At("m"), Quick()).error().code ==
        ErrorCode::kInvalidInput);
  std::string many;
  for (char c = 'A'; c < 'Q'; ++c) many += std::string("好 S-") + c + "\n";
  CHECK(TrainTagger(Parsed(many), files.At("m"), Quick()).error().message.find("16 labels") == 0);

  CHECK(Tagger::Load(files.At("none")).error().code == ErrorCode::kIo);
  CHECK(Tagger::Load(files.Write("text", "no model, just text of some length")).error().code ==
        ErrorCode::kCorruption);
}

TEST_CASE("a model learns names in context, and is the same every time") {
  Files files;
  REQUIRE(TrainTagger(Parsed(News(0, 200)), files.At("a"), Quick()).ok());
  REQUIRE(TrainTagger(Parsed(News(0, 200)), files.At("b"), Quick()).ok());
  const std::string bytes = files.Read("a");
  CHECK(bytes == files.Read("b"));

  auto tagger = Tagger::Load(files.At("a"));
  REQUIRE(tagger.ok());
  CHECK(tagger->labels() == std::vector<std::string>{"Company", "Person"});

  SUBCASE("names that it has never seen") {
    const Evaluation result = EvaluateTagger(*tagger, Parsed(News(200, 260)));
    CHECK(result.labels.size() == 2);
    CHECK(result.all.gold > 10);
    CHECK(result.all.precision() > 0.9);
    CHECK(result.all.recall() > 0.9);
    CHECK(Forms(*tagger, "昨日，云禾科技有限公司宣布，由周丽军出任总经理。") ==
          std::vector<std::string>{"云禾科技有限公司/Company", "周丽军/Person"});
    CHECK(Forms(*tagger, "").empty());
  }
  SUBCASE("spans lie in order on character borders, with a confidence") {
    const std::string sentence = "远帆科技有限公司董事长王晓梅表示，GDP增长５％。";
    std::uint32_t at = 0;
    auto spans = tagger->Tag(sentence, {});
    CHECK_FALSE(spans.empty());
    for (const TaggedSpan& span : spans) {
      CHECK(span.span.begin >= at);
      CHECK(span.span.end > span.span.begin);
      CHECK(span.span.end <= sentence.size());
      CHECK((static_cast<unsigned char>(sentence[span.span.begin]) & 0xC0U) != 0x80U);
      CHECK(span.confidence > 0);
      CHECK(span.confidence < 1);
      at = span.span.end;
    }
  }
  SUBCASE("how far names that others propose are from the best reading") {
    const std::string sentence = "昨日，云禾科技有限公司宣布，由周丽军出任总经理。";
    const auto span = [&](const std::string& form) {
      const auto at = static_cast<std::uint32_t>(sentence.find(form));
      return Span{at, at + static_cast<std::uint32_t>(form.size())};
    };
    std::vector<AskedName> asked = {{span("周丽军"), "Person"},
                                    {span("云禾科技有限公司"), "Company"},
                                    {span("云禾科技有限公司"), "Person"},
                                    {span("宣布"), "Person"},
                                    {span("总经理"), "Policy"}};
    CHECK(tagger->Tag(sentence, {}, asked).size() == 2);
    CHECK(asked[0].deficit == 0);
    CHECK(asked[1].deficit == 0);
    CHECK(asked[2].deficit > 1);
    CHECK(asked[3].deficit > 1);
    CHECK(std::isinf(asked[4].deficit));
  }
  SUBCASE("an endless sentence is read in pieces") {
    std::string sentence;
    for (int i = 0; i < 2000; ++i) sentence += "恒岳科技有限公司董事长李建军表示，";
    auto spans = tagger->Tag(sentence, {});
    CHECK(spans.size() == 4000);
  }
  SUBCASE("damage is seen") {
    for (std::size_t size :
         {std::size_t{0}, std::size_t{7}, std::size_t{30}, bytes.size() / 2, bytes.size() - 1}) {
      CAPTURE(size);
      auto broken = tagger::DecodeModel(std::string_view(bytes).substr(0, size), "m");
      CHECK(broken.error().code == ErrorCode::kCorruption);
    }
    std::string flipped = bytes;
    flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 1);
    CHECK(tagger::DecodeModel(flipped, "m").error().message.find("checksum") != std::string::npos);
    std::string other = bytes;
    other[7] = 9;
    CHECK(tagger::DecodeModel(other, "m").error().message.find("version 9") != std::string::npos);
  }
  SUBCASE("a model survives writing and reading") {
    auto model = tagger::DecodeModel(bytes, "m");
    REQUIRE(model.ok());
    CHECK(tagger::EncodeModel(*model) == bytes);
  }
}

TEST_CASE("the more bias for recall, the more is read") {
  const Files files;
  std::vector<std::size_t> found;
  for (const double bias : {-20.0, 0.0, 20.0}) {
    TrainOptions options = Quick();
    options.recall_bias = bias;
    REQUIRE(TrainTagger(Parsed(News(0, 200)), files.At("m"), options).ok());
    const auto tagger = Tagger::Load(files.At("m"));
    REQUIRE(tagger.ok());
    found.push_back(EvaluateTagger(*tagger, Parsed(News(200, 240))).all.found);
  }
  CHECK(found[0] < found[1]);
  CHECK(found[1] < found[2]);
}

TEST_CASE("characters that nobody has labelled teach nothing") {
  Files files;
  // In half of the sentences the person is not labelled but marked as unknown.
  std::string text = News(0, 200);
  std::string unknown;
  for (std::size_t i = 300; i < 400; ++i) {
    unknown += Bio({{Firm(i), "Company"}, {"董事长", ""}});
    unknown.pop_back();  // the sentence goes on
    const std::string person = Person(i);
    for (std::size_t k = 0; k < person.size(); k += 3) unknown += person.substr(k, 3) + " ?\n";
    unknown += Bio({{"表示，项目明年投产。", ""}});
  }
  REQUIRE(TrainTagger(Parsed(text + unknown), files.At("m"), Quick()).ok());
  auto tagger = Tagger::Load(files.At("m"));
  REQUIRE(tagger.ok());
  CHECK(Forms(*tagger, "远帆科技有限公司董事长王晓梅表示，项目明年投产。") ==
        std::vector<std::string>{"远帆科技有限公司/Company", "王晓梅/Person"});
  // Spans on unknown characters are neither right nor wrong.
  CHECK(EvaluateTagger(*tagger, Parsed(unknown)).all.precision() > 0.95);
}

TEST_CASE("forms of a gold graph, wherever they stand") {
  struct Case {
    const char* name;
    const char* text;
    std::vector<tagger::LabelledForm> forms;
    std::vector<std::string> spans;
  };
  const Case cases[] = {
      {"every place", "青禾与青禾", {{"青禾", "Company"}}, {"0-2/Company", "3-5/Company"}},
      {"the longest first",
       "云州市财政局",
       {{"云州市", "City"}, {"云州市财政局", "LocalGovernment"}},
       {"0-6/LocalGovernment"}},
      {"of equal ones the first", "云州", {{"云州", "City"}, {"云州", "Place"}}, {"0-2/City"}},
      {"labels in byte order, whatever comes first",
       "周丽在云州",
       {{"云州", "City"}, {"周丽", "Person"}},
       {"0-2/Person", "3-5/City"}},
      {"no form, no span", "云州", {{"", "City"}, {"青禾", "Company"}}, {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    tagger::Corpus corpus;
    corpus.Add(c.text, {}, c.forms);
    CHECK(Spans(corpus) == c.spans);
    CHECK(std::is_sorted(corpus.labels.begin(), corpus.labels.end()));
  }
  // Labels that come later keep the numbers of those before right.
  tagger::Corpus corpus;
  const std::vector<tagger::LabelledForm> person = {{"周丽", "Person"}};
  const std::vector<tagger::LabelledForm> city = {{"云州", "City"}};
  corpus.Add("周丽", {}, person);
  corpus.Add("云州", {}, city);
  CHECK(Spans(corpus) == std::vector<std::string>{"0-2/Person", "0-2/City"});
}

TEST_CASE("what other layers say is a feature") {
  Files files;
  // Only the clue tells the firm's short name from other words in its place.
  const std::vector<std::string> words = {"各方", "双方", "专家", "群众", "居民", "农户",
                                          "商家", "代表", "居委", "媒体", "市民", "游客"};
  const auto form = [](std::size_t i) { return Firm(i).substr(0, 6); };
  constexpr Span kAt{9, 15};
  Clues clues;
  clues.names = {{kAt, 2, 77}};
  clues.words = {{{0, 6}, 1}, {{6, 9}, 2}, {kAt, 3}};
  Clues without = clues;
  without.names.clear();
  tagger::Corpus corpus;
  for (std::size_t i = 0; i < 12; ++i) {
    for (const char* rest :
         {"表示，项目明年投产。", "认为，市场前景广阔。", "说，收入稳步增长。"}) {
      const std::vector<tagger::LabelledForm> named = {{form(i), "Company"}};
      corpus.Add("昨日，" + form(i) + rest, clues, named);
      corpus.Add("昨日，" + words[i] + rest, without, {});
    }
  }
  TrainOptions options = Quick();
  options.wide = false;
  REQUIRE(TrainTagger(std::move(corpus), files.At("m"), options).ok());
  auto tagger = Tagger::Load(files.At("m"));
  REQUIRE(tagger.ok());
  const std::string sentence = "昨日，" + form(13) + "表示，项目明年投产。";
  CHECK(Forms(*tagger, sentence, clues) == std::vector<std::string>{form(13) + "/Company"});
  CHECK(Forms(*tagger, sentence, without).empty());
}

TEST_CASE("confidence rises with the margin") {
  tagger::Model model;
  model.labels = {"Person"};
  model.curves = {{{10, 2000}, {30, 6000}, {50, 9900}}};
  std::int32_t last = 0;
  for (std::int32_t margin = 0; margin < 100; ++margin) {
    std::int32_t now = tagger::Confidence(model, 0, margin);
    CHECK(now >= last);
    CHECK(now > 0);
    CHECK(now < 10000);
    last = now;
  }
  CHECK(tagger::Confidence(model, 0, 30) == 6000);
  CHECK(tagger::Confidence(model, 0, 40) == 7950);
  CHECK(last == 9900);
}

TEST_CASE("the model that comes with tupu loads, and is small enough to be carried along") {
  const std::filesystem::path file =
      std::filesystem::path(TUPU_SOURCE_DIR) / "schemas" / "tagger" / "model.bin";
  CHECK(std::filesystem::file_size(file) < 20U * 1000 * 1000);
  auto tagger = Tagger::Load(file);
  REQUIRE(tagger.ok());
  for (const char* label : {"Person", "Company", "Institution", "Project"}) {
    const auto& labels = tagger->labels();
    CHECK(std::find(labels.begin(), labels.end(), label) != labels.end());
  }
}
