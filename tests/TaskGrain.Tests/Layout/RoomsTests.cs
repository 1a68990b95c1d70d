using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace TaskGrain.Tests.Layout;

/// <summary>The arrows between the rooms of the house, as docs/architecture.md draws them.</summary>
public sealed class RoomsTests
{
    /// <summary>
    /// A room, the project it lies in, and all the rooms it may know. A room is a namespace with those below it; the
    /// root namespace belongs to the metrics' project, which everything knows.
    /// </summary>
    private static readonly Room[] House =
    [
        new("Metrics", "TaskGrain.Metrics", []),
        new("Runtime", "TaskGrain", ["Metrics"]),
        new("Video", "TaskGrain", ["Metrics", "Runtime"]),
        new("Labels", "TaskGrain", ["Metrics", "Runtime"]),
        new("Models", "TaskGrain", ["Metrics", "Runtime", "Video", "Labels"]),
        new("Data", "TaskGrain", ["Metrics", "Runtime", "Video", "Labels"]),
        new("Inference", "TaskGrain", ["Metrics", "Runtime", "Video", "Labels", "Models"]),
        new("Evaluation", "TaskGrain", ["Metrics", "Runtime", "Video", "Labels", "Models", "Data", "Inference"]),
        new(
            "Training",
            "TaskGrain",
            ["Metrics", "Runtime", "Video", "Labels", "Models", "Data", "Inference", "Evaluation"]
        ),
        new(
            "Transfer",
            "TaskGrain",
            ["Metrics", "Runtime", "Video", "Labels", "Models", "Data", "Inference", "Evaluation"]
        ),
        new(
            "Explain",
            "TaskGrain",
            [
                "Metrics",
                "Runtime",
                "Video",
                "Labels",
                "Models",
                "Data",
                "Inference",
                "Evaluation",
                "Training",
                "Transfer",
            ]
        ),
        new("Synthesis", "TaskGrain.Synthesis", ["Metrics", "Runtime", "Video", "Labels", "Data"]),
        new("Lab", "TaskGrain.Lab", [.. Library, "Synthesis"]),
        new("Cli", "TaskGrain.Cli", [.. Library, "Synthesis", "Lab"]),
    ];

    private static readonly Lazy<IType[]> Types = new(LoadTypes);

    private static readonly Lazy<Arrow[]> Arrows = new(FindArrows);

    private static IEnumerable<string> Library =>
        [
            "Metrics",
            "Runtime",
            "Video",
            "Labels",
            "Models",
            "Data",
            "Inference",
            "Evaluation",
            "Training",
            "Transfer",
            "Explain",
        ];

    [Fact]
    public void Every_arrow_is_in_the_table() => Assert.Empty(Forbidden(House));

    [Fact]
    public void Every_room_lies_in_its_project()
    {
        var projects = House.ToDictionary(room => room.Name, room => room.Project, StringComparer.Ordinal);
        Assert.Equal(projects.Keys.Order(), Types.Value.Select(type => RoomOf(type)!).Distinct().Order());
        Assert.All(Types.Value, type => Assert.Equal(projects[RoomOf(type)!], type.Assembly.Name.Split(',')[0]));
    }

    [Fact]
    public void The_table_has_no_circle()
    {
        // Listed from the ground up: a room knows only rooms above it in the list.
        for (int i = 0; i < House.Length; i++)
        {
            Assert.Empty(House[i].Knows.Except(House[..i].Select(room => room.Name)));
        }
    }

    [Fact]
    public void An_arrow_that_is_not_in_the_table_is_found()
    {
        string[] arrows = [.. Arrows.Value.Select(arrow => $"{arrow.From} -> {arrow.To}").Distinct()];
        string[] sure = ["Video -> Runtime", "Models -> Video", "Data -> Labels", "Training -> Models", "Cli -> Lab"];
        Assert.Empty(sure.Except(arrows));
        foreach (string arrow in arrows)
        {
            string[] ends = arrow.Split(" -> ");
            Room[] without =
            [
                .. House.Select(room =>
                    room.Name == ends[0] ? room with { Knows = [.. room.Knows.Where(known => known != ends[1])] } : room
                ),
            ];
            Assert.All(Forbidden(without), fault => Assert.StartsWith(arrow, fault, StringComparison.Ordinal));
            Assert.NotEmpty(Forbidden(without));
        }
    }

    private static string[] Forbidden(Room[] house)
    {
        var known = house.ToDictionary(room => room.Name, room => room.Knows, StringComparer.Ordinal);
        return
        [
            .. Arrows
                .Value.Where(arrow => !known.TryGetValue(arrow.From, out string[]? to) || !to.Contains(arrow.To))
                .Select(arrow => $"{arrow.From} -> {arrow.To}: {arrow.User} knows {arrow.Used}")
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    private static IType[] LoadTypes()
    {
        var assemblies = House.Select(room => room.Project).Distinct().Select(System.Reflection.Assembly.Load);
        return
        [
            .. new ArchLoader().LoadAssemblies([.. assemblies]).Build().Types.Where(type => RoomOf(type) is not null),
        ];
    }

    private static Arrow[] FindArrows() =>
        [
            .. from type in Types.Value
            from dependency in type.Dependencies
            let target = dependency.Target
            where RoomOf(target) is not null && RoomOf(target) != RoomOf(type)
            select new Arrow(RoomOf(type)!, RoomOf(target)!, type.FullName, target.FullName),
        ];

    /// <summary>The room of a type of ours; null for a type of others'.</summary>
    private static string? RoomOf(IType type)
    {
        // A generic parameter has no namespace.
        string[] parts = type.Namespace?.FullName.Split('.') ?? [];
        return parts is not ["TaskGrain", ..] ? null
            : parts.Length == 1 ? "Metrics"
            : parts[1];
    }

    private sealed record Room(string Name, string Project, string[] Knows);

    private sealed record Arrow(string From, string To, string User, string Used);
}
