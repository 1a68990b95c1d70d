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
}

/// <summary>The classifiers' names.</summary>
internal static class ClassifierKinds
{
    /// <summary>All kinds, simplest first.</summary>
    public static IReadOnlyList<ClassifierKind> All { get; } =
    [ClassifierKind.LogisticRegression, ClassifierKind.Mlp, ClassifierKind.BiLstm];

    /// <summary>The word for a command line or a file: <c>logistic</c>, <c>mlp</c>, <c>bilstm</c>.</summary>
    /// <param name="kind">A kind.</param>
    /// <returns>Its word.</returns>
    public static string Word(this ClassifierKind kind) =>
        kind switch
        {
            ClassifierKind.LogisticRegression => "logistic",
            ClassifierKind.Mlp => "mlp",
            ClassifierKind.BiLstm => "bilstm",
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
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such classifier"),
        };

    /// <summary>Reads a word.</summary>
    /// <param name="word"><c>logistic</c>, <c>mlp</c> or <c>bilstm</c>.</param>
    /// <returns>The kind.</returns>
    /// <exception cref="TaskGrainException">It is none of these.</exception>
    public static ClassifierKind Parse(string word) =>
        word switch
        {
            "logistic" => ClassifierKind.LogisticRegression,
            "mlp" => ClassifierKind.Mlp,
            "bilstm" => ClassifierKind.BiLstm,
            _ => throw new TaskGrainException($"'{word}' is not a classifier; use logistic, mlp or bilstm."),
        };
}
