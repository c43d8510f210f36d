// The posts of other states, which news gives without the state where it was named before:
//   总统卡罗维    首相林晚、副首相周远航    卡罗维总统    俄总统    甲国外交部长
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/facts/post_reader.h"
#include "extract/facts/structure.h"

namespace tupu::extract {

class StatePosts {
 public:
  // `context` must outlive this and have the word sets state_post…, head_of_state and
  // home_country.
  explicit StatePosts(StructureContext& context);

  // 甲国外交部长 is a minister of the state: where nothing else names the ministry, its name before
  // 长 is none, and the state's stands by itself.
  void FreeMinistries();

  // The post right before `cut` that begins its clause or follows what is done to its holder;
  // `before`: the person named before in the sentence, with their posts.
  std::vector<Post> Bare(std::uint32_t s, std::uint32_t floor, std::uint32_t cut, MentionId before,
                         const std::vector<Post>& posts_before) const;

  // The post behind the name.
  std::vector<Post> Behind(MentionId person) const;

  // A statesman who is known, in an article whose headline names no more than his post: 甲国总理.
  std::vector<Post> OfHeadline(MentionId person) const;

  // A head of government's post is the government's, where the article names that.
  MentionId GovernmentOr(const Post& post) const;

 private:
  std::string_view Text(std::uint32_t s) const { return work_.sentence(s).text; }
  bool IsState(MentionId id) const;
  std::string_view EntryOf(MentionId id) const;
  bool HasLead(std::uint32_t s, std::uint32_t begin) const;
  MentionId StateBefore(std::uint32_t s, std::uint32_t pos) const;
  MentionId Named(std::uint32_t article, std::string_view entry) const;
  MentionId OwnState(MentionId person) const;
  MentionId OnlyState(std::uint32_t article) const;

  Workspace& work_;
  const Gazetteer* gazetteer_;
  const WordList& titles_;
  const WordList& leads_;
  const WordList& short_;
  const WordList& heads_;
  const WordList& home_;
  std::vector<std::string_view> entries_;  // of each mention: the state's id, or empty
  // The first mention of each state that stands by itself, else the first, by article.
  std::map<std::pair<std::uint32_t, std::string_view>, MentionId> states_;
  std::map<std::pair<std::uint32_t, std::string_view>, MentionId> governments_;
};

}  // namespace tupu::extract
