from django.urls import path

from news import feeds, views

app_name = "news"
urlpatterns = [
    path("aktuelles/", views.ArticleList.as_view(), name="list"),
    path("aktuelles/atom/", feeds.ArticleFeed(), name="atom"),
    path("aktuelles/rss/", feeds.as_rss(feeds.ArticleFeed)(), name="rss"),
    path("aktuelles/archiv/<int:year>/", views.YearArticleList.as_view(), name="archive"),
    path("aktuelles/rubrik/<slug:slug>/", views.RubricArticleList.as_view(), name="rubric"),
    path("aktuelles/rubrik/<slug:slug>/atom/", feeds.RubricFeed(), name="rubric-atom"),
    path("aktuelles/rubrik/<slug:slug>/rss/", feeds.as_rss(feeds.RubricFeed)(), name="rubric-rss"),
    path("aktuelles/<slug:slug>/", views.ArticleDetail.as_view(), name="detail"),
    path("presse/", views.PressReleaseList.as_view(), name="press"),
    path("presse/pressemappe.zip", views.press_kit_file, name="press-kit"),
    path("presse/atom/", feeds.PressFeed(), name="press-atom"),
    path("presse/rss/", feeds.as_rss(feeds.PressFeed)(), name="press-rss"),
]
