// Reads posts where they are written: 远山集团董事长, 宜昌市委副书记、市长, 部党组成员.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/facts/structure.h"

namespace tupu::extract {

struct Post {
  MentionId holder = kNoMention;  // organisation or region
  std::string title;
};

class PostReader {
 public:
  // `context` must outlive this and have the word sets post_….
  explicit PostReader(StructureContext& context);

  // The posts that end at `cut` and begin at `floor` or behind it, the last one first. `before`:
  // the person named before in the sentence, with their posts, which a bare post may share.
  // Organisations that only their post gives away become mentions.
  std::vector<Post> Before(std::uint32_t s, std::uint32_t floor, std::uint32_t cut,
                           MentionId before = kNoMention,
                           const std::vector<Post>& posts_before = {});

  // The post `title` of the person at `name`, behind whose body the name stands:
  // 水利部规划司甲司长, 山城大学的乙教授.
  std::vector<Post> Around(std::uint32_t s, std::uint32_t floor, Span name, std::string_view title);

  // 甲副省长: the post of whatever province the context speaks of.
  std::vector<Post> OfRegion(std::uint32_t s, std::uint32_t pos, std::string_view title) const;

  // The organisation of this name, whatever 届 it counts, in the article: the first mention.
  MentionId NamedBody(std::uint32_t article, std::string_view body);

  // Whether every part of it (甲、乙兼丙) ends in a word for a post and nothing stands in it that
  // none holds.
  bool IsTitle(std::string_view title) const;

 private:
  std::string_view Text(std::uint32_t s) const { return work_.sentence(s).text; }
  MentionId CountryBefore(std::uint32_t s, std::uint32_t floor, MentionId body) const;
  bool Envoy(std::uint32_t s, std::uint32_t floor, std::uint32_t cut, MentionId host,
             std::vector<Post>& posts) const;
  bool PostOfBody(std::uint32_t s, std::uint32_t floor, std::uint32_t cut,
                  std::vector<Post>& posts);
  MentionId HolderBefore(std::uint32_t s, std::uint32_t floor, std::uint32_t pos) const;
  MentionId EmployerBefore(std::uint32_t s, std::uint32_t floor, std::uint32_t cut);
  MentionId Firm(std::uint32_t s, MentionId region, std::string_view title);
  MentionId Organ(std::uint32_t s, MentionId region, std::string_view& title);
  MentionId Department(std::uint32_t s, MentionId body, std::string_view& title);
  void Locate(MentionId organ, MentionId region);
  void AddPosts(std::uint32_t s, MentionId holder, std::string_view title,
                std::vector<Post>& posts);
  MentionId RegionOf(std::uint32_t s, MentionId holder) const;
  void BarePosts(std::uint32_t s, std::uint32_t floor, std::uint32_t cut, MentionId before,
                 const std::vector<Post>& posts_before, std::vector<Post>& posts);
  MentionId LastMinistry(std::uint32_t s, std::uint32_t pos) const;
  bool BareOrgan(std::uint32_t s, std::uint32_t begin, std::string_view word,
                 const std::string& title, MentionId region, std::vector<Post>& posts);

  Workspace& work_;
  const WordSets& sets_;
  const WordList& heads_;
  const WordList& starts_;
  const WordList& regional_;
  const WordList& organs_;
  const WordList& departments_;
  const WordList& managers_;
  const WordList& bodies_;
  const WordList& alone_;
  const Gazetteer* gazetteer_;
  // The first mention of each organisation, by article and by what stands behind 届 in its name;
  // of the mentions before `named_end_`. Each post asks for some.
  std::map<std::pair<std::uint32_t, std::string_view>, MentionId> named_;
  MentionId named_end_ = 0;
};

}  // namespace tupu::extract
