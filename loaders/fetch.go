package loaders

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"strings"
	"syscall"
	"time"

	"github.com/lantu-kg/lantu/loaders/document"
)

// What can be wrong with an address.
var (
	// ErrPrivateAddress: it leads to this machine or a private network.
	ErrPrivateAddress = errors.New("private address")
	// ErrFetch: nothing that could be read came back.
	ErrFetch = errors.New("cannot be fetched")
)

// Bounds on fetching one address.
const (
	fetchTime    = 2 * time.Minute
	maxRedirects = 5
)

func isAddress(name string) bool {
	lower := strings.ToLower(name)
	return strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://")
}

// fetched gives the reports at an address.
func (in Input) fetched(ctx context.Context, address string) ([]Source, error) {
	name, file, data, err := in.fetch(ctx, address)
	if err != nil {
		return nil, err
	}
	return in.inMemory(name, file, data)
}

// fetch gives what an address serves, and the names that it goes by.
func (in Input) fetch(ctx context.Context, address string) (name, file string, data []byte, err error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "", "", nil, fmt.Errorf("%s: %w: it is no address: write it as https://host/path", address, ErrFetch)
	}
	// Errors and results show no password.
	name = u.Redacted()
	data, err = in.get(ctx, u)
	if err != nil {
		if ctx.Err() != nil {
			return "", "", nil, ctx.Err()
		}
		return "", "", nil, fmt.Errorf("%s: %w", name, err)
	}
	file = path.Base(u.Path)
	if file == "/" || file == "." {
		file = u.Hostname()
	}
	return name, file, data, nil
}

func (in Input) get(ctx context.Context, u *url.URL) (data []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTime)
	defer cancel()
	client := in.client()
	defer client.CloseIdleConnections()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), http.NoBody)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFetch, err)
	}
	request.Header.Set("User-Agent", "lantu")
	response, err := client.Do(request)
	if err != nil {
		// The address stands in the message already.
		var detail *url.Error
		if errors.As(err, &detail) {
			err = detail.Err
		}
		return nil, fetchError(ctx, err)
	}
	defer func() { err = errors.Join(err, response.Body.Close()) }()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%w: the server answers %s: open the address in a browser to see why", ErrFetch, response.Status)
	}
	if response.ContentLength > document.MaxSize {
		return nil, fmt.Errorf("%w: it has %d bytes, the bound is %d (64 MiB)", document.ErrTooLarge, response.ContentLength, int64(document.MaxSize))
	}
	data, err = readBounded(ctx, response.Body)
	if err != nil && !errors.Is(err, document.ErrTooLarge) {
		return nil, fetchError(ctx, err)
	}
	return data, err
}

func fetchError(ctx context.Context, err error) error {
	switch {
	case errors.Is(err, ErrPrivateAddress):
		return err
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return fmt.Errorf("%w: it took more than %s: save it to a file and load that", ErrFetch, fetchTime)
	}
	return fmt.Errorf("%w: %w", ErrFetch, err)
}

// client refuses private addresses when it connects, whatever name or redirect
// led there: what a name stands for may change between asking and connecting.
func (in Input) client() *http.Client {
	dialer := &net.Dialer{Timeout: 30 * time.Second}
	transport := &http.Transport{
		ForceAttemptHTTP2: true, TLSHandshakeTimeout: 30 * time.Second, ResponseHeaderTimeout: time.Minute,
	}
	if in.AllowPrivate {
		// A proxy connects in our stead, past the check.
		transport.Proxy = http.ProxyFromEnvironment
	} else {
		dialer.Control = func(_, address string, _ syscall.RawConn) error { return checkPublic(address) }
	}
	transport.DialContext = dialer.DialContext
	return &http.Client{
		Transport: transport,
		CheckRedirect: func(request *http.Request, via []*http.Request) error {
			if len(via) > maxRedirects {
				return fmt.Errorf("more than %d redirects", maxRedirects)
			}
			if !isAddress(request.URL.String()) {
				return fmt.Errorf("it redirects to %s, which is no web address", request.URL.Redacted())
			}
			return nil
		},
	}
}

// notPublic are the networks that no public server stands in, beside those
// that netip tells; the last ones carry an IPv4 address that may be private.
var notPublic = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("::/96"),
	netip.MustParsePrefix("100::/64"), netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("fec0::/10"),
	netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2001::/32"), netip.MustParsePrefix("2002::/16"),
}

// checkPublic refuses an IP address and port that is not of the public net.
func checkPublic(address string) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %s", ErrPrivateAddress, address)
	}
	ip := at.Addr().Unmap().WithZone("")
	private := !ip.IsGlobalUnicast() || ip.IsPrivate()
	for _, p := range notPublic {
		private = private || p.Contains(ip)
	}
	if private {
		return fmt.Errorf("%w: it leads to %s, on this machine or a private network: pass --allow-private if that is meant", ErrPrivateAddress, ip)
	}
	return nil
}
