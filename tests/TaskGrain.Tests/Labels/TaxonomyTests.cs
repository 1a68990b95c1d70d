using System.Text.Json;
using TaskGrain.Labels;

namespace TaskGrain.Tests.Labels;

public sealed class TaxonomyTests
{
    [Fact]
    public void Something_Something_has_174_categories_in_50_groups_by_official_index()
    {
        Taxonomy taxonomy = Taxonomy.SomethingSomething;
        Assert.Equal(174, taxonomy.Categories.Count);
        Assert.Equal(50, taxonomy.Groups.Count);
        Assert.Equal("Approaching [something] with your camera", taxonomy.Categories[0]);
        Assert.Equal("[Something] falling like a rock", taxonomy.Categories[173]);
        Assert.Equal("Camera motions", taxonomy.Groups[taxonomy.GroupOf(0)]);
        Assert.All(Enumerable.Range(0, 50), group => Assert.NotEmpty(taxonomy.CategoriesOf(group)));
    }

    [Fact]
    public void Every_category_is_found_with_and_without_brackets_and_in_any_case()
    {
        Taxonomy taxonomy = Taxonomy.SomethingSomething;
        for (int category = 0; category < 174; category++)
        {
            string name = taxonomy.Categories[category];
            string bare = name.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
            foreach (
                string form in new[]
                {
                    name,
                    bare,
                    bare.ToLowerInvariant(),
                    $" {bare.Replace(" ", "  ", StringComparison.Ordinal)}.",
                    bare.Replace('\'', '’'),
                }
            )
            {
                Assert.True(taxonomy.TryFindCategory(form, out int found), form);
                Assert.Equal(category, found);
            }
        }

        Assert.False(taxonomy.TryFindCategory("Juggling [something]", out int none));
        Assert.Equal(-1, none);
    }

    [Fact]
    public void Kitchenware_has_13_classes_grouped_by_utensil()
    {
        Taxonomy taxonomy = Taxonomy.Kitchenware;
        Assert.Equal(13, taxonomy.Categories.Count);
        Assert.Equal([3, 3, 3, 3, 1], Enumerable.Range(0, 5).Select(group => taxonomy.CategoriesOf(group).Count));
        Assert.True(taxonomy.TryFindCategory("Pretending to use tongs to pick something up", out int category));
        Assert.Equal("Tongs", taxonomy.Groups[taxonomy.GroupOf(category)]);
    }

    [Fact]
    public void Json_brings_it_back()
    {
        string json = JsonSerializer.Serialize(Taxonomy.Kitchenware);
        Taxonomy back = JsonSerializer.Deserialize<Taxonomy>(json)!;
        Assert.Equal(Taxonomy.Kitchenware.Categories, back.Categories);
        Assert.Equal(Taxonomy.Kitchenware.Groups, back.Groups);
        Assert.Equal(Taxonomy.Kitchenware.CategoryGroups, back.CategoryGroups);
    }

    [Fact]
    public void A_category_that_is_there_twice_or_in_no_group_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Taxonomy.Flat(["Pouring", "pouring "]));
        Assert.Throws<ArgumentException>(() => new Taxonomy(["a"], ["g"], [1]));
        Assert.Throws<ArgumentException>(() => new Taxonomy(["a", "b"], ["g"], [0]));
    }
}
