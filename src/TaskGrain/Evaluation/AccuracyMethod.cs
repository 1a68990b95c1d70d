namespace TaskGrain.Evaluation;

/// <summary>How the answers of an <see cref="AccuracyRow"/> came about.</summary>
public enum AccuracyMethod
{
    /// <summary>The model's own classifier on its own classes.</summary>
    Classifier,

    /// <summary>Groups from a classifier of categories: the sum of each group's probabilities (Table 2).</summary>
    SummedFromFiner,

    /// <summary>Categories from groups: the most frequent category of the predicted group (Table 2).</summary>
    MostFrequentOfGroup,

    /// <summary>A linear classifier fitted on the frozen features of the training split (Table 2).</summary>
    LinearProbe,

    /// <summary>The commonest training class for every clip: no video is looked at.</summary>
    CommonestClass,

    /// <summary>What guessing every class alike would reach: computed, not measured.</summary>
    Chance,
}
