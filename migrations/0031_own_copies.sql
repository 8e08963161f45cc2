-- When a case is closed for its team, a party's own copies of what it sent go under the new key too.
grant update (wrap) on keyring.envelope_wrap to anydoor_web;
