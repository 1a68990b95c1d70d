using TaskGrain.Models;

namespace TaskGrain.Tests.Models;

public sealed class ModelCatalogTests
{
    private const string Card = """
        # Little one

        Sees ten things
        and names them.

        ## What it cannot do

        Everything else.
        """;

    [Fact]
    public void A_folder_with_weights_is_a_model_and_its_card_says_what_it_is()
    {
        using var folder = new TemporaryFolder();
        Make(folder, "little", Card);
        Make(folder, "bare", card: null);
        Directory.CreateDirectory(folder.File("models/empty"));
        var catalog = new ModelCatalog(folder.File("models"));

        Assert.Equal(["bare", "little"], catalog.Models().Select(model => model.Name));
        ShippedModel little = catalog.Get("little");
        Assert.Equal(("Little one", "Sees ten things and names them."), (little.Title, little.Summary));
        Assert.Equal(Card, little.Card());
        Assert.Equal(("bare", ""), (catalog.Get("bare").Title, catalog.Get("bare").Summary));
    }

    [Fact]
    public void A_name_stands_for_its_weights_and_a_file_of_that_name_comes_first()
    {
        using var folder = new TemporaryFolder();
        Make(folder, "little", Card);
        var catalog = new ModelCatalog(folder.File("models"));
        string file = folder.File("little");

        Assert.Equal(folder.File("models/little/model.safetensors"), catalog.Resolve("little"));
        Assert.Equal("nothing.safetensors", catalog.Resolve("nothing.safetensors"));
        Assert.Equal(file, catalog.Resolve(file));
    }

    [Fact]
    public void An_unknown_name_is_refused_with_those_there_are()
    {
        using var folder = new TemporaryFolder();
        Make(folder, "little", Card);

        var fault = Assert.Throws<TaskGrainException>(() => new ModelCatalog(folder.File("models")).Get("large"));

        Assert.Contains("'large'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("little", fault.Message, StringComparison.Ordinal);
        Assert.Empty(new ModelCatalog(folder.File("nowhere")).Models());
    }

    [Fact]
    public void The_shipped_model_knows_174_categories_and_writes_captions()
    {
        ShippedModel model = ModelCatalog.Installed().Get(ModelCatalog.DefaultName);

        ModelDescription description = ModelFile.LoadDescription(model.Weights);

        Assert.Equal(174, description.Classes.Count);
        Assert.NotNull(description.Decoder);
        Assert.InRange(new FileInfo(model.Weights).Length, 1_000_000, 20_000_000);
        Assert.NotEmpty(model.Summary);
    }

    private static void Make(TemporaryFolder folder, string name, string? card)
    {
        Directory.CreateDirectory(folder.File($"models/{name}"));
        File.WriteAllText(folder.File($"models/{name}/model.safetensors"), "weights");
        if (card is not null)
        {
            File.WriteAllText(folder.File($"models/{name}/README.md"), card);
        }
    }
}
