using System.Text;
using TaskGrain.Metrics;
using TaskGrain.Runtime;

namespace TaskGrain.Fuzz;

/// <summary>Files of captions, as lines and as COCO JSON, read and scored by every metric.</summary>
internal sealed class CaptionsTarget : IFuzzTarget
{
    private const string Lines = "Opening a box.\nputting the pen on a cup\n\nclosing\tshutting the door, slowly\n";
    private const string Captions = """
        [{"image_id":1,"caption":"Opening a box."},{"image_id":"b","caption":"putting the pen on a cup"}]
        """;
    private const string Truth = """
        {"images":[{"id":1}],"annotations":[{"image_id":1,"id":5,"caption":"opening a box"},
        {"image_id":1,"id":6,"caption":"a box is opened"},{"image_id":"b","id":7,"caption":"put a pen on cups"}]}
        """;

    public string Name => "captions";

    public void Prepare(string folder) { }

    public string Write(SeededRandom random, string folder)
    {
        bool json = random.NextBool();
        bool truth = random.NextBool();
        string ending = json ? "json" : "txt";
        string references = Path.Combine(folder, $"references.{ending}");
        byte[] sound = Encoding.UTF8.GetBytes(json ? Truth : Lines);
        File.WriteAllBytes(references, truth ? TextMutation.Of(random, sound) : sound);
        string hypotheses = Path.Combine(folder, $"hypotheses.{ending}");
        sound = Encoding.UTF8.GetBytes(json ? Captions : Lines);
        File.WriteAllBytes(hypotheses, truth ? sound : TextMutation.Of(random, sound));
        return folder;
    }

    public void Read(string path)
    {
        string[] files = [.. Directory.GetFiles(path).Order(StringComparer.Ordinal)];
        CaptionCorpus corpus = CaptionCorpus.Read([files[1]], files[0]);
        CaptionEvaluation.Run(corpus.Hypotheses, corpus.References);
    }
}
