using System.Text;
using TaskGrain.Labels;
using TaskGrain.Runtime;

namespace TaskGrain.Fuzz;

/// <summary>
/// Annotations of Something-Something's two versions: records, lists of labels and splits as JSON, and CSV. The clips
/// are not there, and need not be.
/// </summary>
internal sealed class AnnotationsTarget : IFuzzTarget
{
    private const string Records = """
        [{"id":"1","label":"opening a box","template":"Opening [something]","placeholders":["a box"]},
        {"id":"2","label":"closing the door","template":"Closing [something]","placeholders":["the door"]},
        {"id":"3","label":"putting a pen on a cup","template":"Putting [something] on [something]",
         "placeholders":["a pen","a cup"]}]
        """;
    private const string Labels = """
        {"Opening something":"0","Closing something":"1","Putting something on something":"2"}
        """;
    private const string Rows = "1;Opening something\n2;\"Closing; something\"\n3;Putting something on something\n";
    private const string LabelRows = "Opening something\nClosing; something\nPutting something on something\n";

    private static readonly (string Name, string Text)[] Json =
    [
        ("train.json", Records),
        ("validation.json", Records.Replace("\"id\":\"", "\"id\":\"9", StringComparison.Ordinal)),
        ("labels.json", Labels),
    ];

    private static readonly (string Name, string Text)[] Csv =
    [
        ("something-something-v1-train.csv", Rows),
        ("something-something-v1-validation.csv", "4;Opening something\n"),
        ("something-something-v1-labels.csv", LabelRows),
    ];

    public string Name => "annotations";

    public void Prepare(string folder) { }

    public string Write(SeededRandom random, string folder)
    {
        (string Name, string Text)[] files = random.NextBool() ? Json : Csv;
        int damaged = random.NextInt(files.Length);
        for (int i = 0; i < files.Length; i++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(files[i].Text);
            if (i == damaged || random.NextInt(4) == 0)
            {
                bytes = TextMutation.Of(random, bytes);
            }

            File.WriteAllBytes(Path.Combine(folder, files[i].Name), bytes);
        }

        return folder;
    }

    public void Read(string path) => DataSet.Open(path, new DataSetOptions { RequireMedia = false });
}
