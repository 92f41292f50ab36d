/// Gives the colour of each pixel of a shape.
protocol Brush {
    func color(_ x: Float, _ y: Float) -> LinearColor
}

/// The same colour everywhere.
struct SolidBrush: Brush {
    let color: LinearColor

    init(_ color: LinearColor) {
        self.color = color
    }

    @inline(__always)
    func color(_ x: Float, _ y: Float) -> LinearColor { color }
}

/// A colour that changes evenly over the picture: the plane through the colours of three points.
struct GradientBrush: Brush {
    private let origin: LinearColor
    private let perX: LinearColor
    private let perY: LinearColor

    init(_ points: (Point, Point, Point), _ colors: (LinearColor, LinearColor, LinearColor)) {
        let (ax, ay) = (points.1.x - points.0.x, points.1.y - points.0.y)
        let (bx, by) = (points.2.x - points.0.x, points.2.y - points.0.y)
        let area = ax * by - ay * bx
        guard abs(area) > 1 else {
            (origin, perX, perY) = (colors.0, .grey(0), .grey(0))
            return
        }
        let (first, second) = (colors.1 - colors.0, colors.2 - colors.0)
        perX = first * Float(by / area) - second * Float(ay / area)
        perY = second * Float(ax / area) - first * Float(bx / area)
        origin = colors.0 - perX * Float(points.0.x) - perY * Float(points.0.y)
    }

    @inline(__always)
    func color(_ x: Float, _ y: Float) -> LinearColor {
        let color = origin + perX * x + perY * y
        return LinearColor(max(0, color.red), max(0, color.green), max(0, color.blue))
    }
}

/// Colours across a line from one point to another, as on a rod: even steps, blended.
struct AcrossBrush: Brush {
    private let origin: Point
    private let step: Point
    private let colors: [LinearColor]

    init(from: Point, to: Point, _ colors: [LinearColor]) {
        let (dx, dy) = (to.x - from.x, to.y - from.y)
        let square = max(1e-6, dx * dx + dy * dy)
        origin = from
        step = Point(dx / square, dy / square)
        self.colors = colors
    }

    func color(_ x: Float, _ y: Float) -> LinearColor {
        let along = (Double(x) - origin.x) * step.x + (Double(y) - origin.y) * step.y
        let place = Float(min(1, max(0, along))) * Float(colors.count - 1)
        let index = min(colors.count - 2, Int(place))
        return colors[index].mixed(with: colors[index + 1], place - Float(index))
    }
}

/// A colour for each column of pixels.
struct ColumnBrush: Brush {
    let colors: UnsafePointer<LinearColor>
    let count: Int

    @inline(__always)
    func color(_ x: Float, _ y: Float) -> LinearColor {
        colors[min(count - 1, max(0, Int(x)))]
    }
}

/// A surface that knows its colour at each place of a plane.
struct PlaneBrush<Surface: PlaneSurface>: Brush {
    let map: PlaneMap
    let surface: Surface

    @inline(__always)
    func color(_ x: Float, _ y: Float) -> LinearColor {
        surface.color(map.place(Double(x), Double(y)))
    }
}

/// What a plane looks like, place by place.
protocol PlaneSurface {
    func color(_ place: Point) -> LinearColor
}
