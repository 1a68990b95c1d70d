using System.Text.Json.Serialization;

namespace TaskGrain.Models.Heads;

/// <summary>The classifiers that Section 6.1 puts on frozen features.</summary>
[JsonConverter(typeof(ClassifierKindJson))]
public enum ClassifierKind
{
    /// <summary>Logistic regression on every step, probabilities averaged over time.</summary>
    LogisticRegression,

    /// <summary>An MLP with 512 hidden units on every step, probabilities averaged over time.</summary>
    Mlp,

    /// <summary>
    /// One bidirectional LSTM layer with 128 hidden units a direction, outputs averaged over time, a linear layer.
    /// </summary>
    BiLstm,

    /// <summary>
    /// Ridge regression on the clip's course: the mean vectors of eight equal parts of the clip, one after the other.
    /// Made for few clips; it knows order, whatever the speed.
    /// </summary>
    Timeline,

    /// <summary>Ridge regression on the clip's mean vector: it knows no order.</summary>
    Average,
}

/// <summary>The classifiers' names.</summary>
internal static class ClassifierKinds
{
    /// <summary>The paper's kinds, simplest first.</summary>
    public static IReadOnlyList<ClassifierKind> All { get; } =
    [ClassifierKind.LogisticRegression, ClassifierKind.Mlp, ClassifierKind.BiLstm];

    /// <summary>The kinds that are fitted in closed form, made for a handful of clips.</summary>
    internal static IReadOnlyList<ClassifierKind> ForFewClips { get; } =
    [ClassifierKind.Average, ClassifierKind.Timeline];

    /// <summary>
    /// The word for a command line or a file: <c>logistic</c>, <c>mlp</c>, <c>bilstm</c>, <c>timeline</c>,
    /// <c>average</c>.
    /// </summary>
    /// <param name="kind">A kind.</param>
    /// <returns>Its word.</returns>
    public static string Word(this ClassifierKind kind) =>
        kind switch
        {
            ClassifierKind.LogisticRegression => "logistic",
            ClassifierKind.Mlp => "mlp",
            ClassifierKind.BiLstm => "bilstm",
            ClassifierKind.Timeline => "timeline",
            ClassifierKind.Average => "average",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such classifier"),
        };

    /// <summary>The name for people.</summary>
    /// <param name="kind">A kind.</param>
    /// <returns>Such as <c>Logistic regression</c>.</returns>
    public static string Title(this ClassifierKind kind) =>
        kind switch
        {
            ClassifierKind.LogisticRegression => "Logistic regression",
            ClassifierKind.Mlp => "MLP",
            ClassifierKind.BiLstm => "BiLSTM",
            ClassifierKind.Timeline => "Timeline",
            ClassifierKind.Average => "Average",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such classifier"),
        };

    /// <summary>Reads a word.</summary>
    /// <param name="word">What <see cref="Word"/> gives.</param>
    /// <returns>The kind.</returns>
    /// <exception cref="TaskGrainException">It is none of these.</exception>
    public static ClassifierKind Parse(string word) =>
        word switch
        {
            "logistic" => ClassifierKind.LogisticRegression,
            "mlp" => ClassifierKind.Mlp,
            "bilstm" => ClassifierKind.BiLstm,
            "timeline" => ClassifierKind.Timeline,
            "average" => ClassifierKind.Average,
            _ => throw new TaskGrainException(
                $"'{word}' is not a classifier; use logistic, mlp, bilstm, timeline or average."
            ),
        };
}
